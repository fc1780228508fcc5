"""Canaries in every field of every kind of event, and in every text of private things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from events.kinds import Kind
from events.models import Event
from events.streams.client import Audience
from events.streams.public import TOLD, project
from events.streams.reading import after
from events.streams.sight import Sight
from incidents.models import Incident
from services.models import Service
from statuspage.sight import look
from tests.statuspage.conftest import ANN
from tests.statuspage.test_private_never_leaks import CANARY, Secrets

SHOWN, HIDDEN = str(uuid4()), str(uuid4())
# What a stranger may learn of an event; texts of these fields are public where they are told at all.
ENVELOPE = {"id", "kind", "at", "subject", "services"}
SUBJECTS = {"INCIDENT": "incident", "SERVICE": "service", "COMPONENT": "component", "MAINTENANCE": "maintenance"}
SUBJECTS["POSTMORTEM"] = "incident"


def canaries(kind: str) -> Event:
    """An event of a public thing whose every field, known and unknown, holds a canary."""
    data = dict.fromkeys(
        (*TOLD.get(kind, ()), "message", "source", "url", "detail", "address", "quiet", "tags"), CANARY
    )
    return Event(
        id=1,
        at=timezone.now(),
        kind=kind,
        public=True,
        actor_name=CANARY,
        actor_id=CANARY,
        subject_type=SUBJECTS.get(kind.partition("_")[0], "service"),
        subject_id=SHOWN,
        subject_name=CANARY,
        service_ids=[SHOWN, HIDDEN],
        data=data,
        before={"title": CANARY, "root_cause": CANARY},
        after={"title": CANARY, "root_cause": CANARY},
        request_id=CANARY,
    )


def sight() -> Sight:
    shown = {SHOWN: "Shown"}
    return Sight(services=shown, components=shown, incidents=shown, windows=shown)


@pytest.mark.parametrize("kind", list(Kind))
def test_only_what_is_named_for_a_kind_goes_out(kind: Kind) -> None:
    told = project(canaries(kind), sight())
    if kind not in TOLD:
        assert told is None
        return
    assert told is not None
    allowed = ENVELOPE | set(TOLD[kind])
    assert set(told) <= allowed
    assert told["subject"] == {"type": SUBJECTS[kind.partition("_")[0]], "id": SHOWN, "name": "Shown"}
    assert told["services"] == [SHOWN]


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_words_go_out_of_incidents_and_windows_alone(kind: str) -> None:
    told = project(canaries(kind), sight())
    assert told is not None
    assert ("message" in told) <= kind.startswith(("INCIDENT_", "MAINTENANCE_"))


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_nothing_is_said_of_what_is_not_shown(kind: str) -> None:
    assert project(canaries(kind), Sight()) is None


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_nothing_is_said_of_what_was_not_public(kind: str) -> None:
    event = canaries(kind)
    event.public = False
    assert project(event, sight()) is None


@pytest.mark.parametrize(
    ("kind", "before", "is_told"),
    [
        (Kind.INCIDENT_UPDATED, {"root_cause": "", "resolution": "", "tags": []}, False),
        (Kind.INCIDENT_UPDATED, {"title": "Old"}, True),
        (Kind.INCIDENT_UPDATED, {"services": {"Hidden": "degraded"}}, False),
        (Kind.INCIDENT_UPDATED, {"services": {"Shown": "degraded"}}, True),
        (Kind.MAINTENANCE_CHANGED, {"remind_before": 60}, False),
        (Kind.MAINTENANCE_CHANGED, {"services": ["Hidden"]}, False),
        (Kind.MAINTENANCE_CHANGED, {"description": "Old"}, True),
    ],
)
def test_an_edit_is_told_where_a_visitor_could_see_it(kind: Kind, before: dict[str, Any], *, is_told: bool) -> None:
    event = canaries(kind)
    event.before, event.after = before, {}
    assert (project(event, sight()) is not None) == is_told


def test_what_operators_note_of_an_edit_stays_inside_unless_the_window_moved() -> None:
    event = canaries(Kind.MAINTENANCE_CHANGED)
    assert "message" not in (project(event, sight()) or {})
    event.before = {"scheduled_end": "then"}
    assert "message" in (project(event, sight()) or {})


def replay(looks: Callable[[Sequence[Event]], Sight] = look) -> str:
    batch = after(0, frozenset({Audience.PUBLIC}), looks)
    return b"".join(told.frames.get(Audience.PUBLIC, b"") for told in batch.events).decode()


@pytest.mark.django_db
def test_a_replay_of_everything_holds_no_canary_and_no_private_id() -> None:
    secrets = Secrets()
    said = replay()
    assert "Seen" in said
    assert CANARY not in said.lower()
    assert not [key for key in secrets.ids if key in said]


@pytest.mark.django_db
def test_what_became_private_is_not_replayed() -> None:
    service = Service.add(by=ANN, name="Checkout", public=True)
    incident = Incident.declare(by=ANN, title="Slow", severity="low", services={service: None})
    assert "Slow" in replay()
    incident.edit(by=ANN, changes={"public": False})
    assert "Slow" not in replay()
    assert "Checkout" in replay()
    service.edit(by=ANN, changes={"public": False})
    assert replay() == ""


@pytest.mark.django_db
def test_a_thing_is_called_as_the_page_calls_it_now() -> None:
    incident = Incident.declare(by=ANN, title="Customer X is down", severity="low")
    incident.edit(by=ANN, changes={"title": "Some customers are affected"})
    assert "Customer X" not in replay()
    assert replay().count("Some customers are affected") == 2


@pytest.mark.django_db
def test_what_a_heartbeat_found_is_not_said() -> None:
    from services.models import Component

    service = Service.add(by=ANN, name="Checkout", public=True)
    component = Component.add(service, by=ANN, name="Database")
    component.measure("major_outage", by=ANN, message="db7.internal refused")  # type: ignore[arg-type]
    assert '"new":"major_outage"' in replay()
    assert "db7.internal" not in replay()
