"""Visitors, what is written to them, and the links in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts import sealed
from accounts.roles import Role
from events.actors import Actor
from incidents.models import Incident
from notifications.choice import Choice
from notifications.kinds import Purpose, Way
from notifications.links import Reader
from notifications.models import Delivery, Subscriber
from services.models import Service
from tests.factories import UserFactory

ANN = Actor("user", "1", "Ann")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = {"Origin": "http://testserver"}
VERA = Reader(Way.EMAIL, "vera@example.org")


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser of nobody we know, on a page of ours."""
    return Client(headers=HERE)


@pytest.fixture
def checkout(db: None) -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)


@pytest.fixture
def incident(checkout: Service) -> Incident:
    return Incident.declare(
        by=ANN, title="Payments fail", severity="critical", body="Looking.", services={checkout: None}
    )


def posted(address: str = VERA.address, purpose: Purpose = Purpose.CONFIRMATION) -> list[Delivery]:
    """Return what was put on its way to an address, oldest first."""
    found = Delivery.objects.filter(recipient__endswith=f":{address}", purpose=purpose)
    return list(found.select_related("announcement").order_by("created_at"))


def link_of(delivery: Delivery) -> str:
    """Return the path that a message asks its reader to open."""
    links = sealed.open_(delivery.links)
    return re.sub(r"^\w+://[^/]+", "", links["confirm_url"])


def confirmed(reader: Reader = VERA, choice: Choice | None = None, now: datetime | None = None) -> Subscriber:
    """Return a subscriber who has said yes."""
    return Subscriber.add(reader, choice or Choice(), by=ANN, vouched=True, now=now)


def signed_in(role: Role) -> Client:
    """Return a browser in which somebody with ``role`` is signed in."""
    client = Client()
    client.force_login(UserFactory.create(role=role, name=role.label))
    return client
