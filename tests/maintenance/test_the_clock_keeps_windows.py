"""The clock starts, ends and reminds at the planned instants, once, however late it is and however many tick."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from events.models import Event
from services.maintenance import clock
from services.maintenance.lifecycle import Stage
from services.models import Maintenance, Service, StatusChange
from services.status import Status
from tests.maintenance.conftest import ANN, END, START, Plan

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_a_window_starts_and_ends_as_of_the_planned_instants(plan: Plan, service: Service) -> None:
    window = plan()
    clock.tick(START - SECOND)
    window.refresh_from_db()
    assert window.stage is Stage.SCHEDULED
    clock.tick(START + 14 * SECOND)
    clock.tick(END - SECOND)
    window.refresh_from_db()
    service.refresh_from_db()
    assert (window.stage, window.started_at, service.current) == (Stage.IN_PROGRESS, START, Status.MAINTENANCE)
    clock.tick(END + 9 * SECOND)
    window.refresh_from_db()
    service.refresh_from_db()
    assert (window.stage, window.ended_at, service.current) == (Stage.COMPLETED, END, Status.OPERATIONAL)
    assert window.sequence == 0
    changes = StatusChange.objects.filter(service=service, source="maintenance").values_list("at", flat=True)
    assert [*changes] == [START, END]


def test_a_window_that_lay_in_an_outage_of_ours_counts_as_planned_and_says_so(plan: Plan, service: Service) -> None:
    window = plan()
    clock.tick(END + timedelta(hours=5))
    window.refresh_from_db()
    assert (window.stage, window.started_at, window.ended_at) == (Stage.COMPLETED, START, END)
    assert [entry.message for entry in window.updates.all()] == [
        "The maintenance has started. This was noted late, and counts from 2026-03-03 02:00 UTC as planned.",
        "The maintenance is completed. This was noted late, and counts from 2026-03-03 04:00 UTC as planned.",
    ]
    assert not Event.objects.filter(kind="MAINTENANCE_REMINDER").exists()


def test_time_never_goes_back_in_the_history_of_a_service_that_turned_meanwhile(plan: Plan, service: Service) -> None:
    plan()
    service.set_status("degraded", by=ANN, now=START + 30 * MINUTE)
    clock.tick(END)
    at = [*StatusChange.objects.filter(service=service).values_list("at", flat=True)]
    assert at[1:] == [START + 30 * MINUTE, START + 30 * MINUTE, END]


def test_what_was_planned_after_its_start_counts_from_when_it_was_planned(plan: Plan) -> None:
    window = plan(now=START + 10 * MINUTE)
    clock.tick(START + 11 * MINUTE)
    window.refresh_from_db()
    assert window.started_at == START + 10 * MINUTE


def test_somebody_who_was_quicker_is_not_overruled(plan: Plan) -> None:
    window = plan()
    window.start(by=ANN, now=START - MINUTE)
    clock.tick(START)
    window.extend(by=ANN, until=END + 10 * MINUTE, now=END - MINUTE)
    clock.tick(END)
    window.refresh_from_db()
    assert window.stage is Stage.IN_PROGRESS
    assert window.updates.count() == 2


def test_it_reminds_once_when_the_moment_has_come(plan: Plan) -> None:
    window = plan(remind_before=60)
    clock.tick(START - 61 * MINUTE)
    assert not Event.objects.filter(kind="MAINTENANCE_REMINDER").exists()
    clock.tick(START - 60 * MINUTE)
    clock.tick(START - 59 * MINUTE)
    assert Event.objects.filter(kind="MAINTENANCE_REMINDER").count() == 1
    window.edit(by=ANN, changes={"scheduled_start": START + MINUTE}, now=START - 90 * MINUTE)
    clock.tick(START - 58 * MINUTE)
    assert Event.objects.filter(kind="MAINTENANCE_REMINDER").count() == 2


@pytest.mark.parametrize("minutes", [None, 60])
def test_nobody_is_reminded_of_what_they_have_just_been_told(plan: Plan, minutes: int | None) -> None:
    plan(remind_before=minutes, now=START - 30 * MINUTE)
    clock.tick(START - 29 * MINUTE)
    assert not Event.objects.filter(kind="MAINTENANCE_REMINDER").exists()


def test_one_that_fails_stops_no_other(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = plan(title="Bad"), plan(title="Good")
    real = Maintenance.start_on_time

    def start(window: Maintenance, *, now: datetime) -> None:
        if window.pk == bad.pk:
            raise ValueError
        real(window, now=now)

    monkeypatch.setattr(Maintenance, "start_on_time", start)
    clock.tick(START)
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.stage, bad.stage) == (Stage.IN_PROGRESS, Stage.SCHEDULED)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_tick_at_one_instant_do_each_thing_once(plan: Plan) -> None:
    for number in range(4):
        plan(title=f"Window {number}", recurrence="FREQ=WEEKLY")
    for at in (START - 60 * MINUTE, START, END):
        _tick_twice(at)
    kinds = ["MAINTENANCE_REMINDER", "MAINTENANCE_STARTED", "MAINTENANCE_COMPLETED"]
    assert [Event.objects.filter(kind=kind).count() for kind in kinds] == [4, 4, 4]
    slots = [*Maintenance.objects.values_list("series", "slot")]
    assert len(slots) == len(set(slots))


def _tick_twice(at: datetime) -> None:
    start = Barrier(2)

    def tick(_number: int) -> None:
        start.wait()
        try:
            clock.tick(at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tick, range(2)))
