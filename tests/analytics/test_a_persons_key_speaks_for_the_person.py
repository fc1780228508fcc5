"""An acknowledgement by somebody's key is theirs; one by a key of nobody is a machine's, and is not measured."""

from __future__ import annotations

import pytest

from accounts.models import ApiKey, User
from events.actors import SYSTEM
from incidents.models import Incident
from tests.factories import UserFactory, make_key

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def incident() -> Incident:
    return Incident.declare(by=SYSTEM, title="Checkout fails", severity="high")


def key_of(user: User | None) -> ApiKey:
    return make_key("write", name="deploy", **({"by": user.actor} if user else {}))[0]


def test_of_a_person(incident: Incident) -> None:
    incident.acknowledge(by=key_of(UserFactory.create()).actor)
    assert (incident.acknowledged, incident.acknowledged_by) == (True, "deploy")
    assert incident.acknowledged_at is not None


def test_of_nobody(incident: Incident) -> None:
    incident.acknowledge(by=key_of(None).actor)
    assert (incident.acknowledged, incident.acknowledged_at) == (True, None)


def test_a_person_after_it_is_the_first_that_counts(incident: Incident) -> None:
    incident.acknowledge(by=key_of(None).actor)
    incident.acknowledge(by=UserFactory.create().actor)
    assert incident.acknowledged_at is not None


def test_the_log_tells_them_apart(incident: Incident) -> None:
    assert [key_of(None).actor.kind, key_of(UserFactory.create()).actor.kind] == ["script", "key"]
