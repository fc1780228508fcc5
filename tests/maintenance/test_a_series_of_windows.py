"""Recurring windows stand planned ahead; one can be moved alone, or all later ones with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from services.maintenance import clock
from services.maintenance.lifecycle import Stage
from services.models import Maintenance, MaintenanceSeries, Service
from tests.maintenance.conftest import ANN, END, NOW, START, Plan

pytestmark = pytest.mark.django_db
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


def starts() -> list[datetime]:
    return [*Maintenance.objects.filter(status=Stage.SCHEDULED).values_list("scheduled_start", flat=True)]


def test_as_many_stand_ahead_as_lie_within_sixty_days_and_at_most_ten(plan: Plan) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    assert starts() == [START + number * WEEK for number in range(9)]
    plan(title="Daily", start=START + timedelta(hours=8), end=END + timedelta(hours=8), recurrence="FREQ=DAILY")
    assert Maintenance.objects.filter(title="Daily").count() == 10


def test_one_stands_ahead_however_far_away_it_is(plan: Plan) -> None:
    window = plan(recurrence="FREQ=YEARLY")
    assert starts() == [START]
    window.start(by=ANN, now=START)
    window.complete(by=ANN, now=END)
    clock.tick(END)
    assert starts() == [START.replace(year=2027)]


def test_when_one_has_ended_the_clock_plans_the_next_with_the_same_services(plan: Plan, service: Service) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    clock.tick(START)
    clock.tick(END + timedelta(days=6))
    assert starts()[-1] == START + 9 * WEEK
    last = Maintenance.objects.get(scheduled_start=START + 9 * WEEK)
    assert [*last.services.all()] == [service]
    assert (last.scheduled_end - last.scheduled_start, last.title) == (END - START, "Database upgrade")
    assert Event.objects.filter(kind="MAINTENANCE_SCHEDULED", data__planned_ahead=True).count() == 9


def test_the_time_on_the_wall_stays_when_clocks_change(plan: Plan) -> None:
    start = datetime(2026, 3, 22, 1, 30, tzinfo=UTC)
    plan(
        start=start, end=start + timedelta(hours=1), timezone="Europe/Berlin", recurrence="FREQ=WEEKLY;BYDAY=SU;COUNT=3"
    )
    # 02:30; on the 29th that does not happen, and it begins at 03:00.
    assert [at.isoformat() for at in starts()] == [
        "2026-03-22T01:30:00+00:00",
        "2026-03-29T01:00:00+00:00",
        "2026-04-05T00:30:00+00:00",
    ]


def test_one_alone_is_moved_and_the_others_stay(plan: Plan) -> None:
    window = plan(recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    window.edit(by=ANN, changes={"scheduled_start": START + DAY, "scheduled_end": END + DAY}, now=NOW)
    assert starts() == [START + DAY, START + WEEK, START + 2 * WEEK]
    with pytest.raises(ValidationError, match="all later ones"):
        window.edit(by=ANN, changes={"recurrence": "FREQ=DAILY"}, now=NOW)


def test_this_and_all_later_ones_move_and_keep_their_addresses(plan: Plan) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    first, second, third, fourth = Maintenance.objects.all()
    change = {"scheduled_start": START + WEEK + DAY, "scheduled_end": END + WEEK + DAY}
    second.edit(by=ANN, changes={**change, "recurrence": "FREQ=WEEKLY;BYDAY=WE;COUNT=3"}, later=True, now=NOW)
    moved = [*Maintenance.objects.values_list("id", "scheduled_start", "sequence")]
    assert moved == [
        (first.id, START, 0),
        (second.id, START + WEEK + DAY, 1),
        (third.id, START + 2 * WEEK + DAY, 1),
        (fourth.id, START + 3 * WEEK + DAY, 1),
    ]
    assert Event.objects.filter(kind="MAINTENANCE_CHANGED").count() == 3


def test_those_planned_after_a_move_follow_the_new_rule(plan: Plan) -> None:
    window = plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    change = {"scheduled_start": START + DAY, "scheduled_end": END + DAY + timedelta(hours=1)}
    window.edit(by=ANN, changes={**change, "recurrence": "FREQ=WEEKLY;BYDAY=WE"}, later=True, now=NOW)
    clock.tick(END + 6 * DAY)
    last = Maintenance.objects.latest("scheduled_start")
    assert (last.scheduled_start, last.recurrence) == (START + DAY + 9 * WEEK, "FREQ=WEEKLY;BYDAY=WE")
    assert last.scheduled_end - last.scheduled_start == timedelta(hours=3)


def test_words_changed_for_all_later_ones_reach_those_planned_afterwards(plan: Plan, other: Service) -> None:
    window = plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    window.edit(by=ANN, changes={"title": "Patches"}, services=[other], later=True, now=NOW)
    clock.tick(END)
    clock.tick(END + timedelta(days=6))
    assert {*Maintenance.objects.values_list("title", flat=True)} == {"Patches"}
    assert {*Maintenance.objects.values_list("services", flat=True)} == {other.pk}


def test_of_a_number_of_times_those_that_are_left_move(plan: Plan) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    third = Maintenance.objects.all()[2]
    hour = timedelta(hours=1)
    changes = {"scheduled_start": third.scheduled_start + hour, "scheduled_end": third.scheduled_end + hour}
    third.edit(by=ANN, changes=changes, later=True, now=NOW)
    assert starts() == [START, START + WEEK, START + 2 * WEEK + hour, START + 3 * WEEK + hour]
    clock.tick(NOW)
    assert Maintenance.objects.count() == 4


def test_what_the_new_rule_has_no_day_for_is_cancelled(plan: Plan) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    first = Maintenance.objects.first()
    assert first
    first.edit(by=ANN, changes={"recurrence": "FREQ=WEEKLY;BYDAY=TU;COUNT=2"}, later=True, now=NOW)
    assert starts() == [START, START + WEEK]
    assert Maintenance.objects.filter(status=Stage.CANCELLED).count() == 2


@pytest.mark.parametrize(
    "rule",
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20260407"],
    ids=["so many times", "until a day"],
)
def test_made_sparser_and_with_an_end_as_many_are_left_as_it_says(plan: Plan, rule: str) -> None:
    window = plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    window.edit(by=ANN, changes={"recurrence": rule}, later=True, now=NOW)
    assert starts() == [START, START + 2 * WEEK, START + 4 * WEEK]
    assert Maintenance.objects.filter(status=Stage.CANCELLED).count() == 6
    clock.tick(NOW)
    assert Maintenance.objects.count() == 9


def test_all_later_ones_are_cancelled_and_none_follows(plan: Plan) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    second = Maintenance.objects.all()[1]
    second.cancel(by=ANN, later=True, now=NOW)
    assert starts() == [START]
    clock.tick(END)
    clock.tick(END + DAY)
    assert starts() == []


def test_one_cancelled_alone_does_not_come_back(plan: Plan) -> None:
    window = plan(recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    window.cancel(by=ANN, now=NOW)
    clock.tick(NOW)
    assert starts() == [START + WEEK, START + 2 * WEEK]


def test_a_series_whose_services_are_all_deleted_ends(plan: Plan, service: Service) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    service.remove(by=ANN)
    clock.tick(END + 10 * DAY)
    assert MaintenanceSeries.objects.get().next_slot is None


def test_windows_that_lay_wholly_in_an_outage_of_ours_and_were_never_planned_did_not_take_place(plan: Plan) -> None:
    plan(recurrence="FREQ=DAILY")
    back = START + 30 * DAY + timedelta(hours=12)
    clock.tick(back)
    assert Maintenance.objects.filter(status=Stage.COMPLETED).count() == 10
    assert starts()[0] == START + 31 * DAY


def test_a_single_window_becomes_the_first_of_a_series(plan: Plan) -> None:
    window = plan()
    window.edit(by=ANN, changes={"recurrence": "FREQ=DAILY;COUNT=3"}, now=NOW)
    assert starts() == [START, START + DAY, START + 2 * DAY]
    assert window.repeats == "every day, 3 times, 02:00 UTC"


def test_a_series_that_stops_repeating_keeps_this_one_and_cancels_the_later_ones(plan: Plan) -> None:
    plan(recurrence="FREQ=WEEKLY;BYDAY=TU")
    second = Maintenance.objects.all()[1]
    second.edit(by=ANN, changes={"recurrence": "", "title": "The last"}, later=True, now=NOW)
    assert starts() == [START, START + WEEK]
    second.refresh_from_db()
    assert (second.title, second.recurrence, second.series) == ("The last", "", None)
    clock.tick(NOW)
    assert starts() == [START, START + WEEK]
