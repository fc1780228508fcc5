"""A verb can be done to be looked at: all that it would write and tell is there to be seen, and then gone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from events.actors import Actor
from events.models import Event
from events.rehearsal import rehearse
from incidents.models import Incident

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")


def declare(**more: object) -> Incident:
    return Incident.declare(by=ANN, title="Cards fail", severity="high", **more)  # type: ignore[arg-type]


def test_what_is_told_and_written_can_be_seen_meanwhile() -> None:
    seen = rehearse(declare, lambda events: ([event.kind for event in events], Incident.objects.count()))
    assert seen == (["INCIDENT_CREATED"], 1)


def test_nothing_of_it_stays() -> None:
    rehearse(declare, len)
    assert (Incident.objects.count(), Event.objects.count()) == (0, 0)


def test_what_is_refused_is_refused_here_too() -> None:
    with pytest.raises(ValidationError):
        rehearse(lambda: declare(status="resolved"), len)
    assert Event.objects.count() == 0


def test_the_act_itself_is_told_afterwards_and_once() -> None:
    rehearse(declare, len)
    declare()
    assert Event.objects.count() == 1


def test_what_happens_after_it_is_not_listened_to() -> None:
    seen = rehearse(declare, list)
    declare()
    assert len(seen) == 1
