"""Two people, or a person and the clock, at one window at one instant: one is done, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

import pytest
from django.db import connection, transaction

from services.maintenance import clock
from services.maintenance.lifecycle import MoveDenied, Stage
from services.models import Maintenance, Service
from tests.checks.test_rows_are_held_in_one_order import somebody_waits
from tests.maintenance.conftest import ANN, BOB, END, NOW, START, Plan
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def copy(window: Maintenance) -> Maintenance:
    return Maintenance.objects.get(pk=window.pk)


def test_of_two_who_start_it_one_has_done_so(plan: Plan) -> None:
    for _ in range(4):
        window = plan()
        results = at_once(*(partial(copy(window).start, by=who, now=START) for who in (ANN, BOB)))
        assert sum(isinstance(result, MoveDenied) for result in results) == 1
        assert window.updates.count() == 1


def test_it_is_cancelled_or_started_by_the_clock_but_never_both(plan: Plan, service: Service) -> None:
    for _ in range(4):
        window = plan()
        at_once(partial(copy(window).cancel, by=ANN, now=START), partial(clock.tick, START))
        window.refresh_from_db()
        service.refresh_from_db()
        assert service.in_maintenance is (window.stage is Stage.IN_PROGRESS)
        if window.stage is Stage.IN_PROGRESS:
            window.complete(by=ANN, now=END)


def test_two_windows_of_one_service_that_end_at_once_leave_it_sheltered_by_none(plan: Plan, service: Service) -> None:
    for _ in range(4):
        windows = [plan(), plan()]
        for window in windows:
            window.start(by=ANN, now=START)
        at_once(*(partial(copy(window).complete, by=ANN, now=END) for window in windows))
        service.refresh_from_db()
        assert not service.in_maintenance


def test_a_series_that_two_change_at_once_is_whole(plan: Plan) -> None:
    window = plan(recurrence="FREQ=DAILY")
    first, fifth = Maintenance.objects.first(), Maintenance.objects.all()[4]
    assert first
    at_once(
        partial(first.edit, by=ANN, changes={"recurrence": "FREQ=DAILY;INTERVAL=2"}, later=True, now=NOW),
        partial(fifth.cancel, by=BOB, later=True, now=NOW),
        partial(clock.tick, NOW),
    )
    assert window.series
    slots = [*window.series.windows.values_list("slot", flat=True)]
    assert len(slots) == len({*slots})
    assert None not in slots


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time.")
def test_who_waits_for_a_service_that_leaves_a_window_holds_no_other(plan: Plan) -> None:
    low, high = (Service.add(by=ANN, id=UUID(int=number), name=f"Service {number}", now=NOW) for number in (1, 2))
    window = plan(services=[low])
    window.start(by=ANN, now=START)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Service.objects.select_for_update().get(pk=low.pk)
        done = pool.submit(at_once, partial(copy(window).edit, by=ANN, changes={}, services=[high], now=START))
        while not somebody_waits():
            assert not done.done()
        assert Service.objects.select_for_update(skip_locked=True).filter(pk=high.pk).exists()
    assert done.result() == [None]
