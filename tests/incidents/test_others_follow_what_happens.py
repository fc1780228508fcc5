"""Other rooms act on an incident in the transaction that changed it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from accounts.models import User
from events.command import Tell
from events.models import Event
from incidents.following import Happened
from incidents.models import Incident
from services.models import Service
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db
HEARD: list[tuple[Happened, str]] = []
HERE = "tests.incidents.test_others_follow_what_happens"


def listen(incident: Incident, happened: Happened, tell: Tell) -> None:
    HEARD.append((happened, tell.events[-1].kind))
    incident.note(tell, f"Heard: {happened}.")


def break_down(_incident: Incident, _happened: Happened, _tell: Tell) -> None:
    raise RuntimeError("The follower is broken.")


@pytest.fixture
def heard(settings: Settings) -> list[tuple[Happened, str]]:
    settings.INCIDENT_FOLLOWERS = [f"{HERE}.listen"]
    HEARD.clear()
    return HEARD


def test_each_verb_says_what_happened_after_it_was_told(
    heard: list[tuple[Happened, str]], checkout: Service, operator: User
) -> None:
    incident = Incident.declare(by=ANN, title="Payments fail", severity="high", services={checkout: None})
    incident.acknowledge(by=ANN)
    incident.assign(operator, by=ANN)
    incident.edit(by=ANN, changes={"severity": "low"})
    incident.post_update(by=ANN, message="Hm.", public=False)
    incident.post_update(by=ANN, message="Found.", status="identified")
    incident.transition("monitoring", by=ANN)
    incident.resolve(by=ANN)
    incident.reopen(by=ANN)
    assert heard == [
        (Happened.DECLARED, "INCIDENT_CREATED"),
        (Happened.ACKNOWLEDGED, "INCIDENT_ACKNOWLEDGED"),
        (Happened.ASSIGNED, "INCIDENT_ASSIGNED"),
        (Happened.EDITED, "INCIDENT_UPDATED"),
        (Happened.UPDATED, "INCIDENT_UPDATE_POSTED"),
        (Happened.UPDATED, "INCIDENT_STATUS_CHANGED"),
        (Happened.UPDATED, "INCIDENT_STATUS_CHANGED"),
        (Happened.RESOLVED, "INCIDENT_STATUS_CHANGED"),
        (Happened.REOPENED, "INCIDENT_REOPENED"),
    ]


def test_what_changes_nothing_is_not_heard(
    incident: Incident, operator: User, heard: list[tuple[Happened, str]]
) -> None:
    incident.assign(None, by=ANN)
    incident.edit(by=ANN, changes={"severity": "critical"})
    incident.acknowledge(by=ANN)
    incident.acknowledge(by=ANN)
    assert [happened for happened, _ in heard] == [Happened.ACKNOWLEDGED]


def test_a_follower_may_leave_a_note_for_those_inside(incident: Incident, heard: object) -> None:
    incident.acknowledge(by=ANN)
    note = incident.updates.latest("number")
    assert (note.kind, note.message, note.public) == ("note", "Heard: acknowledged.", False)


@pytest.mark.parametrize("verb", [Incident.acknowledge, Incident.resolve])
def test_what_a_follower_raises_undoes_the_verb(
    incident: Incident, settings: Settings, verb: Callable[..., object]
) -> None:
    settings.INCIDENT_FOLLOWERS = [f"{HERE}.break_down"]
    told, entries = Event.objects.count(), incident.updates.count()
    with pytest.raises(RuntimeError):
        verb(incident, by=ANN)
    incident.refresh_from_db()
    assert (incident.acknowledged, incident.is_open) == (False, True)
    assert (Event.objects.count(), incident.updates.count()) == (told, entries)
