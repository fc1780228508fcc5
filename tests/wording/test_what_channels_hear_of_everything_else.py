"""Channels hear of statuses and of the product's own running; what a heartbeat found of its target never leaves."""

from __future__ import annotations

import pytest

from events.kinds import Kind
from events.models import Event
from notifications.kinds import Audience
from notifications.telling import words_of
from services.models import Component, Service
from tests.wording.conftest import ANN, last

pytestmark = pytest.mark.django_db(transaction=True)


def event(kind: str, **fields: object) -> Event:
    return Event(kind=kind, subject_type="service", subject_id="7", subject_name="Shop", actor_kind="clock", **fields)


def test_a_service_that_turned_says_from_where_to_where(checkout: Service) -> None:
    checkout.set_status("degraded", by=ANN, message="Slow today.")
    words = words_of(last(Kind.SERVICE_STATUS_CHANGED), Audience.PUBLIC)
    assert words
    assert words.subject == "Degraded: Checkout API"
    assert "Slow today." in words.text
    assert "Status: Operational → Degraded" in words.text


def test_what_a_heartbeat_found_never_leaves(checkout: Service) -> None:
    checkout.set_status("degraded", by=ANN, message="10.0.0.7 timed out")
    told = last(Kind.SERVICE_STATUS_CHANGED)
    told.data["source"] = "heartbeat"
    for audience in Audience:
        words = words_of(told, audience)
        assert words
        assert "10.0.0.7" not in f"{words.text}{words.html}{words.short}{words.facts}"


def test_a_component_names_its_service(checkout: Service) -> None:
    part = Component.add(by=ANN, service=checkout, name="Redis")
    part.set_status("major_outage", by=ANN)
    words = words_of(last(Kind.COMPONENT_STATUS_CHANGED), Audience.INTERNAL)
    assert words
    assert words.subject == "Major outage: Redis of Checkout API"


def test_a_private_service_turns_unheard_outside(ledger: Service) -> None:
    ledger.set_status("degraded", by=ANN)
    assert words_of(last(Kind.SERVICE_STATUS_CHANGED), Audience.PUBLIC) is None


def test_a_missed_target_is_said_plainly(db: None) -> None:
    words = words_of(event(Kind.SLA_BREACHED, data={"target": "99.9"}), Audience.INTERNAL)
    assert words
    assert words.subject == "Target missed: Shop"
    assert "was down for longer than its target of 99.9 % allows" in words.text


@pytest.mark.parametrize("kind", list(Kind))
def test_insiders_can_be_told_of_every_kind_and_outsiders_of_none_that_is_not_public(kind: Kind, db: None) -> None:
    made = event(kind, data={"old": "operational", "new": "degraded"})
    words = words_of(made, Audience.INTERNAL)
    assert words
    assert words.subject
    assert words_of(made, Audience.PUBLIC) is None
