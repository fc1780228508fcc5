"""A window shelters its services while it is under way, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from services.maintenance.lifecycle import MoveDenied, Stage
from services.models import Maintenance, Service, StatusChange
from services.status import Status
from tests.maintenance.conftest import ANN, BOB, END, NOW, START, Plan

pytestmark = pytest.mark.django_db


def test_started_early_its_services_are_in_maintenance_from_then_on(plan: Plan, service: Service) -> None:
    window = plan()
    at = START - timedelta(minutes=30)
    window.start(by=BOB, message="We begin early.", now=at)
    service.refresh_from_db()
    assert (window.stage, window.started_at, window.begins) == (Stage.IN_PROGRESS, at, at)
    assert (service.current, service.in_maintenance, service.status_since) == (Status.MAINTENANCE, True, at)
    assert [(entry.message, entry.author) for entry in window.updates.all()] == [("We begin early.", "Bob")]


def test_completed_early_its_services_are_what_they_were(plan: Plan, service: Service) -> None:
    window = plan()
    window.start(by=ANN, now=START)
    window.complete(by=ANN, now=START + timedelta(minutes=20))
    service.refresh_from_db()
    assert (service.current, service.in_maintenance) == (Status.OPERATIONAL, False)
    assert window.ends == START + timedelta(minutes=20)
    sources = StatusChange.objects.filter(service=service).values_list("source", "rule")
    assert [*sources] == [("manual", "counted"), ("maintenance", "maintenance"), ("maintenance", "counted")]


def test_a_service_of_two_windows_is_sheltered_until_both_have_ended(plan: Plan, service: Service) -> None:
    one, two = plan(), plan(title="Network", start=START + timedelta(hours=1), end=END + timedelta(hours=1))
    one.start(by=ANN, now=START)
    two.start(by=ANN, now=START + timedelta(hours=1))
    one.complete(by=ANN, now=END)
    service.refresh_from_db()
    assert service.in_maintenance
    two.complete(by=ANN, now=END + timedelta(hours=1))
    service.refresh_from_db()
    assert not service.in_maintenance


def test_the_log_is_told_and_calendars_learn_what_differs_from_the_plan(plan: Plan) -> None:
    window = plan()
    window.start(by=ANN, now=START)
    assert window.sequence == 0
    window.complete(by=ANN, now=START + timedelta(minutes=5))
    assert window.sequence == 1
    kinds = Event.objects.filter(subject_type="maintenance").values_list("kind", "public")
    assert [*kinds] == [
        ("MAINTENANCE_SCHEDULED", True),
        ("MAINTENANCE_STARTED", True),
        ("MAINTENANCE_COMPLETED", True),
    ]


def test_extended_it_ends_later_and_says_so(plan: Plan) -> None:
    window = plan()
    window.start(by=ANN, now=START)
    window.extend(by=ANN, until=END + timedelta(hours=1), now=START)
    assert window.scheduled_end == END + timedelta(hours=1)
    assert window.updates.last().message == "It takes longer: now until 2026-03-03 05:00 UTC."  # type: ignore[union-attr]
    told = Event.objects.get(kind="MAINTENANCE_CHANGED")
    assert told.data["message"] == "It takes longer: now until 2026-03-03 05:00 UTC."
    with pytest.raises(ValidationError, match="Choose a time after 2026-03-03 05:00 UTC"):
        window.extend(by=ANN, until=END, now=START)


def test_an_edit_is_told_to_whom_its_entry_is(plan: Plan) -> None:
    window = plan()
    window.edit(by=ANN, changes={"remind_before": None}, now=NOW)
    window.edit(by=ANN, changes={"scheduled_end": END + timedelta(hours=1)}, now=NOW)
    told = [(event.public, event.data["message"]) for event in Event.objects.filter(kind="MAINTENANCE_CHANGED")]
    assert told == [(False, "Edited: remind before."), (True, window.updates.last().message)]  # type: ignore[union-attr]
    assert [*window.updates.values_list("public", flat=True)] == [False, True]


def test_calendars_learn_of_what_they_show_and_of_nothing_else(plan: Plan, service: Service, other: Service) -> None:
    window = plan()
    window.edit(by=ANN, changes={"remind_before": 15}, services=[service, other], now=NOW)
    window.edit(by=ANN, changes={"timezone": "Europe/Berlin"}, services=[service], now=NOW)
    assert window.sequence == 0
    window.edit(by=ANN, changes={"title": "New disks"}, now=NOW)
    window.edit(by=ANN, changes={}, services=[other], now=NOW)
    assert window.sequence == 2


def test_a_service_added_while_it_is_under_way_is_sheltered_and_one_taken_out_is_not(
    plan: Plan, service: Service, other: Service
) -> None:
    window = plan()
    window.start(by=ANN, now=START)
    window.edit(by=ANN, changes={}, services=[other], now=START + timedelta(minutes=1))
    service.refresh_from_db()
    other.refresh_from_db()
    assert (service.in_maintenance, other.in_maintenance) == (False, True)


def test_a_cancelled_window_moves_nothing_and_stays_on_record(plan: Plan, service: Service) -> None:
    window = plan()
    window.cancel(by=ANN, message="The vendor is ill.", now=NOW)
    service.refresh_from_db()
    assert (window.stage, service.in_maintenance, window.sequence) == (Stage.CANCELLED, False, 1)
    with pytest.raises(MoveDenied, match=r"was cancelled\. Plan another one\."):
        window.start(by=ANN, now=START)


def test_a_service_deleted_meanwhile_does_not_hold_its_window_up(plan: Plan, service: Service) -> None:
    window = plan()
    service.remove(by=ANN)
    window.start(by=ANN, now=START)
    window.complete(by=ANN, now=END)
    assert Maintenance.objects.get().stage is Stage.COMPLETED
    assert not Event.objects.filter(kind="MAINTENANCE_COMPLETED", public=True).exists()
