from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from events.actors import SYSTEM
from oncall.models.override import Override, OverrideOver
from tests.oncall.people import MONDAY, NOW, on_call, schedule, somebody, told, weekly
from tests.oncall.turns import DAY, utc

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_whoever_takes_a_shift_is_on_call_instead() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann))
    taken = web.take(ben, NOW, NOW + HOUR, by=ben.actor, now=NOW)
    assert on_call(web, NOW - HOUR, NOW + 2 * HOUR) == ["Ann", "Ben", "Ann"]
    assert (taken.replaces, taken.created_by) == (ann, "Ben")


def test_a_shift_is_taken_from_whoever_has_most_of_it() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben))
    assert web.take(cy, MONDAY - HOUR, MONDAY + 2 * HOUR, by=cy.actor, now=NOW).replaces == ben


def test_nobody_replaces_themselves() -> None:
    ann = somebody("Ann")
    assert schedule(weekly(ann)).take(ann, NOW, NOW + HOUR, by=ann.actor, now=NOW).replaces is None


def test_of_two_overrides_the_newer_holds() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann))
    web.cover(ben, NOW, NOW + 3 * HOUR, by=SYSTEM, now=NOW)
    web.cover(cy, NOW + HOUR, NOW + 2 * HOUR, by=SYSTEM, now=NOW + timedelta(seconds=1))
    assert on_call(web, NOW, NOW + 4 * HOUR) == ["Ben", "Cy", "Ben", "Ann"]


def test_the_newer_holds_though_the_clock_was_set_back() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann))
    web.cover(ben, NOW + HOUR, NOW + 2 * HOUR, by=SYSTEM, now=NOW)
    web.cover(cy, NOW + HOUR, NOW + 2 * HOUR, by=SYSTEM, now=NOW - DAY)
    assert on_call(web, NOW + HOUR, NOW + 2 * HOUR) == ["Cy"]


def test_two_shifts_are_swapped() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    mine, theirs = (NOW + DAY, NOW + 2 * DAY), (MONDAY, MONDAY + DAY)
    web.swap(mine, theirs, by=ann.actor, now=NOW)
    assert on_call(web, NOW, MONDAY + 2 * DAY) == ["Ann", "Ben", "Ann", "Ann", "Ben"]
    assert told()[-2:] == ["OVERRIDE_CREATED"] * 2


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        ((NOW + 2 * DAY, NOW + 3 * DAY), "Ann has both shifts already."),
        ((MONDAY - HOUR, MONDAY + HOUR), "Not one person alone"),
        ((MONDAY, MONDAY), "It must end after its start."),
        ((MONDAY, MONDAY + 1000 * DAY), "at most 366 days"),
    ],
)
def test_a_swap_of_what_is_no_shift_changes_nothing(second: tuple[datetime, datetime], sentence: str) -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    with pytest.raises(ValidationError, match=sentence):
        web.swap((NOW + DAY, NOW + 2 * DAY), second, by=ann.actor, now=NOW)
    assert not Override.objects.exists()


def test_a_swap_is_both_or_neither() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    gone_by = (utc("2026-02-24T00:00"), utc("2026-02-25T00:00"))
    with pytest.raises(OverrideOver):
        web.swap((NOW + DAY, NOW + 2 * DAY), gone_by, by=ann.actor, now=NOW)
    assert not Override.objects.exists()
    assert told() == ["SCHEDULE_CREATED"]


def test_what_has_gone_by_is_not_covered() -> None:
    web, ben = schedule(weekly(somebody("Ann"))), somebody("Ben")
    with pytest.raises(OverrideOver, match="gone by"):
        web.cover(ben, NOW - 2 * HOUR, NOW, by=SYSTEM, now=NOW)


def test_an_override_that_began_earlier_begins_now() -> None:
    web, ben = schedule(weekly(somebody("Ann"))), somebody("Ben")
    assert web.cover(ben, NOW - 2 * HOUR, NOW + HOUR, by=SYSTEM, now=NOW).start == NOW


def test_a_form_that_was_open_for_a_minute_keeps_its_start() -> None:
    web, ben = schedule(weekly(somebody("Ann"))), somebody("Ben")
    minute_ago = NOW - timedelta(minutes=1)
    assert web.cover(ben, minute_ago, NOW + HOUR, by=SYSTEM, now=NOW).start == minute_ago


@pytest.mark.parametrize("length", [timedelta(0), -HOUR])
def test_an_override_ends_after_its_start(length: timedelta) -> None:
    web, ben = schedule(weekly(somebody("Ann"))), somebody("Ben")
    with pytest.raises(ValidationError, match="It must end after its start"):
        web.cover(ben, NOW + DAY, NOW + DAY + length, by=SYSTEM, now=NOW)


def test_an_account_that_is_off_stands_in_for_nobody() -> None:
    web = schedule(weekly(somebody("Ann")))
    with pytest.raises(ValidationError, match="deactivated"):
        web.cover(somebody("Gone", is_active=False), NOW, NOW + HOUR, by=SYSTEM, now=NOW)


def test_an_override_that_has_begun_is_cut_and_stays_in_the_past() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann))
    override = web.cover(ben, NOW, NOW + 3 * HOUR, by=SYSTEM, now=NOW)
    override.finish(by=SYSTEM, now=NOW + HOUR)
    assert on_call(web, NOW, NOW + 3 * HOUR) == ["Ben", "Ann"]
    with pytest.raises(OverrideOver, match="This override is over"):
        override.finish(by=SYSTEM, now=NOW + 2 * HOUR)


def test_an_override_that_has_not_begun_is_taken_back() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann))
    web.cover(ben, NOW + HOUR, NOW + 3 * HOUR, by=SYSTEM, now=NOW).finish(by=SYSTEM, now=NOW)
    assert on_call(web, NOW, NOW + 3 * HOUR) == ["Ann"]
    assert told() == ["SCHEDULE_CREATED", "OVERRIDE_CREATED", "OVERRIDE_ENDED"]


def test_an_override_lasts_as_long_as_it_says_when_clocks_go_forward() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann))
    start, end = utc("2026-03-08T05:00"), utc("2026-03-08T11:00")
    web.cover(ben, start, end, by=SYSTEM, now=NOW)
    assert [(shift.start, shift.end) for shift in web.shifts(NOW, MONDAY) if shift.layer == "override"] == [
        (start, end)
    ]
