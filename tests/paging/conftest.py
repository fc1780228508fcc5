"""Three people, a service, and a policy that pages them one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from accounts.models import User
from events.actors import SYSTEM
from incidents.models import Incident
from oncall.models import EscalationPolicy
from services.models import Service
from tests.oncall.people import policy, somebody
from tests.paging.inbox import NOON, Clock, Inbox

Declare = Callable[..., Incident]


@pytest.fixture
def inbox(db: None) -> Iterator[Inbox]:
    """Whatever comes in that the test has not named fails it."""
    box = Inbox()
    yield box
    box.is_empty()


@pytest.fixture
def clock(db: None) -> Clock:
    return Clock()


@pytest.fixture
def ada(db: None) -> User:
    return somebody("Ada")


@pytest.fixture
def ben(db: None) -> User:
    return somebody("Ben")


@pytest.fixture
def cy(db: None) -> User:
    return somebody("Cy")


@pytest.fixture
def checkout(db: None) -> Service:
    return Service.add(by=SYSTEM, name="Checkout", public=True, now=NOON)


@pytest.fixture
def all_three(ada: User, ben: User, cy: User) -> EscalationPolicy:
    """Ada at once, Ben after five minutes, Cy after five more, and five to answer."""
    return policy(*({"user": str(person.pk)} for person in (ada, ben, cy)), name="Web")


@pytest.fixture
def declare(checkout: Service) -> Declare:
    """Declare an incident on the service at noon, as OpStatus does."""

    def declared(title: str = "Payments fail", now: datetime = NOON, **fields: object) -> Incident:
        made = {"by": SYSTEM, "severity": "high", "services": {checkout: None}, "public": False} | fields
        return Incident.declare(title=title, now=now, **made)  # type: ignore[arg-type]

    return declared
