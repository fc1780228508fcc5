"""What the verbs of an incident do to it, to its services, to its timeline and to the log."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from events.actors import CLOCK, Actor
from events.errors import StaleEdit
from events.models import Event
from incidents.lifecycle import IncidentStatus, Response, TransitionDenied
from incidents.models import Incident
from services.models import Service, ServiceInUse
from services.status import Status
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db


def status_of(service: Service) -> str:
    service.refresh_from_db()
    return service.status


def entries(incident: Incident) -> list[tuple[str, str, bool]]:
    return list(incident.updates.values_list("kind", "message", "public"))


def test_a_new_incident_investigates_and_hits_its_services(incident: Incident, checkout: Service) -> None:
    assert (incident.status, incident.response) == (IncidentStatus.INVESTIGATING, Response.OPEN)
    assert status_of(checkout) == Status.MAJOR_OUTAGE
    assert entries(incident) == [("opened", "Looking.", True)]
    assert list(Event.objects.values_list("kind", flat=True))[-2:] == ["INCIDENT_CREATED", "SERVICE_STATUS_CHANGED"]


def test_a_service_may_suffer_less_than_the_severity_says(checkout: Service) -> None:
    Incident.declare(by=ANN, title="Slow", severity="critical", services={checkout: Status.DEGRADED})
    assert status_of(checkout) == Status.DEGRADED


def test_an_internal_incident_moves_nothing_that_the_public_sees(checkout: Service) -> None:
    Incident.declare(by=ANN, title="Secret", severity="critical", services={checkout: None}, public=False)
    assert status_of(checkout) == Status.OPERATIONAL
    assert not Event.objects.filter(public=True, kind__startswith="INCIDENT").exists()


def test_publishing_one_is_why_its_services_turn(checkout: Service) -> None:
    secret = Incident.declare(by=ANN, title="Slow", severity="low", services={checkout: None}, public=False)
    secret.edit(by=ANN, changes={"public": True})
    assert checkout.status_changes.latest("at").message == "Slow: published"


def test_the_worst_of_two_incidents_counts_until_it_is_over(incident: Incident, checkout: Service) -> None:
    Incident.declare(by=ANN, title="Slow", severity="low", services={checkout: None})
    incident.resolve(by=ANN)
    assert status_of(checkout) == Status.DEGRADED


def test_an_update_may_move_the_status_and_promise_an_end(incident: Incident) -> None:
    end = NOON + timedelta(hours=1)
    incident.post_update(by=ANN, message="Found it.", status="identified", estimated_resolution=end, now=NOON)
    update = incident.updates.last()
    assert update is not None
    assert (update.kind, update.status, update.estimated_resolution) == ("transition", "identified", end)


def test_a_note_is_never_public_and_cannot_move_the_status(incident: Incident) -> None:
    incident.post_update(by=ANN, message="Call the bank.", public=False)
    assert entries(incident)[-1] == ("note", "Call the bank.", False)
    assert Event.objects.latest("id").public is False
    with pytest.raises(ValidationError, match="moves no status"):
        incident.post_update(by=ANN, message="x", public=False, status="resolved")


def test_an_empty_update_is_refused(incident: Incident) -> None:
    with pytest.raises(ValidationError, match="Write what has happened"):
        incident.post_update(by=ANN, message="  ")


def test_a_refused_move_changes_nothing(incident: Incident, checkout: Service) -> None:
    incident.transition("monitoring", by=ANN)
    told, said = Event.objects.count(), incident.updates.count()
    with pytest.raises(TransitionDenied):
        incident.transition("identified", by=ANN)
    incident.refresh_from_db()
    assert (incident.status, Event.objects.count(), incident.updates.count()) == ("monitoring", told, said)
    assert status_of(checkout) == Status.MAJOR_OUTAGE


def test_resolving_frees_the_services_and_keeps_what_was_learnt(incident: Incident, checkout: Service) -> None:
    incident.resolve(
        by=ANN, message="Fixed.", root_cause="Pool was empty", resolution="Grew it", now=NOON + timedelta(hours=2)
    )
    assert status_of(checkout) == Status.OPERATIONAL
    assert (incident.root_cause, incident.resolution, incident.mttr_seconds) == ("Pool was empty", "Grew it", 7200)


def test_acknowledging_counts_once_and_shows_nothing_to_the_public(incident: Incident) -> None:
    incident.acknowledge(by=ANN, now=NOON + timedelta(minutes=4))
    incident.acknowledge(by=Actor("user", "2", "Bob"), now=NOON + timedelta(minutes=9))
    assert (incident.mtta_seconds, incident.acknowledged_by) == (240, "Ann")
    assert incident.response is Response.ACKNOWLEDGED
    assert Event.objects.filter(kind="INCIDENT_ACKNOWLEDGED", public=False).count() == 1


def test_somebody_after_a_machine_is_written_and_measured(incident: Incident) -> None:
    incident.acknowledge(by=CLOCK, now=NOON + timedelta(minutes=1))
    assert (incident.response, incident.mtta_seconds) == (Response.ACKNOWLEDGED, None)
    for minutes, actor in ((5, ANN), (6, ANN), (7, CLOCK)):
        incident.acknowledge(by=actor, now=NOON + timedelta(minutes=minutes))
    assert (incident.mtta_seconds, incident.acknowledged_by) == (300, "Ann")
    told = Event.objects.filter(kind="INCIDENT_ACKNOWLEDGED").order_by("id")
    assert [event.actor_kind for event in told] == ["clock", "user"]


def test_after_reopening_too(incident: Incident) -> None:
    incident.acknowledge(by=ANN)
    incident.resolve(by=ANN)
    incident.reopen(by=ANN)
    incident.acknowledge(by=CLOCK)
    incident.acknowledge(by=ANN)
    assert incident.updates.filter(kind="acknowledged").count() == 3


def test_reopening_asks_for_an_acknowledgement_anew_and_keeps_the_first_for_mtta(
    incident: Incident, checkout: Service
) -> None:
    incident.acknowledge(by=ANN, now=NOON + timedelta(minutes=4))
    incident.resolve(by=ANN)
    incident.reopen(by=ANN, message="It is back.")
    assert (incident.response, incident.resolved_at, incident.mttr_seconds) == (Response.OPEN, None, None)
    assert status_of(checkout) == Status.MAJOR_OUTAGE
    incident.acknowledge(by=ANN, now=NOON + timedelta(hours=9))
    assert incident.mtta_seconds == 240


def test_reopening_can_be_switched_off(incident: Incident, settings: Settings) -> None:
    incident.resolve(by=ANN)
    settings.INCIDENT_REOPEN = False
    with pytest.raises(TransitionDenied, match="switched off"):
        incident.reopen(by=ANN)


def test_only_a_resolved_incident_is_reopened(incident: Incident) -> None:
    with pytest.raises(TransitionDenied, match="Only a resolved"):
        incident.reopen(by=ANN)


def test_it_is_handed_to_somebody_who_is_there(incident: Incident) -> None:
    bob = User.objects.create_user("bob", role=Role.OPERATOR)
    incident.assign(bob, by=ANN)
    assert incident.assignee == bob
    gone = User.objects.create_user("gone", role=Role.OPERATOR, is_active=False)
    with pytest.raises(ValidationError, match="deactivated"):
        incident.assign(gone, by=ANN)


def test_sending_back_who_has_it_is_no_new_assignment(incident: Incident) -> None:
    bob = User.objects.create_user("bob", role=Role.OPERATOR)
    incident.assign(bob, by=ANN)
    User.objects.update(is_active=False)
    incident.assign(User.objects.get(), by=ANN)
    assert incident.assignee == bob


def test_a_milder_severity_moves_the_services_that_follow_it(incident: Incident, checkout: Service) -> None:
    incident.edit(by=ANN, changes={"severity": "high"}, version=1)
    assert status_of(checkout) == Status.PARTIAL_OUTAGE


def test_a_service_taken_off_the_incident_is_freed(incident: Incident, checkout: Service) -> None:
    incident.edit(by=ANN, changes={}, services={})
    assert status_of(checkout) == Status.OPERATIONAL


def test_hiding_an_incident_frees_its_services(incident: Incident, checkout: Service) -> None:
    incident.edit(by=ANN, changes={"public": False})
    assert status_of(checkout) == Status.OPERATIONAL


def test_an_edit_on_an_old_version_is_refused_with_what_stands_now(incident: Incident) -> None:
    incident.edit(by=ANN, changes={"title": "Card payments fail"}, version=1)
    with pytest.raises(StaleEdit) as caught:
        incident.edit(by=ANN, changes={"title": "Nothing works"}, version=1)
    assert caught.value.current["title"] == "Card payments fail"


def test_a_service_with_an_open_incident_is_not_deleted(incident: Incident, checkout: Service) -> None:
    with pytest.raises(ServiceInUse, match="Payments fail"):
        checkout.remove(by=ANN)
    incident.resolve(by=ANN)
    checkout.remove(by=ANN)
    assert not Service.objects.exists()
    assert Incident.objects.get().affected.count() == 0


def test_the_timeline_is_never_rewritten(incident: Incident) -> None:
    update = incident.updates.get()
    update.message = "Nothing happened."
    with pytest.raises(TypeError):
        update.save()
    with pytest.raises(TypeError):
        update.delete()


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "a\nb"), ("severity", "huge"), ("tags", [1]), ("tags", ["x"] * 21), ("body", "a\x00b")],
)
def test_what_makes_no_sense_is_refused_by_field(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Incident.declare(by=ANN, **{"title": "T", "severity": "low", field: value})  # type: ignore[arg-type]
    assert field in caught.value.message_dict
    assert not Incident.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("changes", "public"),
    [
        ({"root_cause": "Pool was empty"}, False),
        ({"resolution": "Grew it", "tags": ["db"]}, False),
        ({"tags": ["db"], "title": "Cards fail"}, True),
        ({"severity": "low"}, True),
    ],
)
def test_an_edit_of_what_stays_internal_is_told_inside_alone(
    incident: Incident, changes: dict[str, object], public: bool
) -> None:
    incident.edit(by=ANN, changes=changes)
    assert Event.objects.get(kind="INCIDENT_UPDATED").public is public


def test_an_edit_of_the_services_is_told_outside(incident: Incident) -> None:
    incident.edit(by=ANN, changes={}, services={})
    assert Event.objects.get(kind="INCIDENT_UPDATED").public
