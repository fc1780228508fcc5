from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from events.actors import SYSTEM
from events.errors import StaleEdit
from oncall import who
from oncall.models import Schedule
from oncall.models.schedule import ScheduleInUse
from oncall.outlook import layer_shifts
from tests.oncall.people import MONDAY, NOW, on_call, policy, schedule, somebody, told, weekly
from tests.oncall.turns import DAY, utc

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_first_layers_hold_for_all_time_before() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben), now=NOW)
    assert on_call(web, utc("2020-01-06T14:00"), utc("2020-01-20T14:00")) == ["Ben", "Ann"]


def test_what_is_shown_begins_when_the_schedule_was_made() -> None:
    ada = somebody("Ada")
    plan = schedule(weekly(ada), now=NOW)
    assert [shift.start for shift in who.whole_shifts(plan, NOW - DAY, NOW + DAY)] == [NOW]
    assert [shift.start for _, shifts in layer_shifts(plan, NOW - DAY, NOW + DAY) for shift in shifts] == [NOW]
    assert who.shifts(plan, NOW - DAY, NOW) == []


def test_an_edit_holds_from_now_on_and_the_past_stays() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben))
    web.edit(by=SYSTEM, changes={"layers": [weekly(cy, start="2026-03-01T00:00")]}, now=NOW)
    assert on_call(web, NOW - 3 * DAY, NOW + DAY) == ["Ben", "Ann", "Cy"]
    assert [shift.end for shift in web.shifts(NOW - DAY, NOW + DAY)] == [NOW, NOW + DAY]


def test_another_zone_moves_no_handoff_that_has_been() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    web.edit(by=SYSTEM, changes={"timezone": "Europe/Berlin"}, now=NOW)
    starts = [shift.start for shift in web.shifts(utc("2026-03-01T00:00"), utc("2026-03-12T00:00"))]
    assert starts[1:] == [utc("2026-03-02T14:00"), utc("2026-03-09T08:00")]


def test_taking_the_current_person_off_passes_the_turn_to_the_next_at_once() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben, cy))
    in_bens_turn = MONDAY + DAY
    web.edit(by=SYSTEM, changes={"layers": [weekly(ann, cy)]}, now=in_bens_turn)
    assert on_call(web, in_bens_turn - MINUTE, in_bens_turn + 20 * DAY) == ["Ben", "Cy", "Ann", "Cy"]


def test_taking_somebody_else_off_takes_the_turn_away_from_nobody() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben, cy))
    web.edit(by=SYSTEM, changes={"layers": [weekly(ben, cy)]}, now=MONDAY + DAY)
    assert on_call(web, MONDAY, MONDAY + 21 * DAY) == ["Ben", "Cy", "Ben"]


def test_somebody_who_comes_in_takes_the_turn_away_from_nobody() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben))
    web.edit(by=SYSTEM, changes={"layers": [weekly(ann, cy, ben)]}, now=MONDAY + DAY)
    assert on_call(web, MONDAY, MONDAY + 21 * DAY) == ["Ben", "Ann", "Cy"]


def test_whoever_has_several_turns_keeps_the_one_it_is() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben, ann, cy))
    third = MONDAY + 8 * DAY
    web.edit(by=SYSTEM, changes={"layers": [weekly(ann, ben, ann, cy)]}, now=third)
    assert web.version == 1
    web.edit(by=SYSTEM, changes={"layers": [weekly(ann, ben, ann)]}, now=third)
    assert on_call(web, third, third + 27 * DAY) == ["Ann", "Ann", "Ben", "Ann"]


def test_a_list_of_others_counts_as_it_is_written() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann))
    web.edit(by=SYSTEM, changes={"layers": [weekly(ben, cy)]}, now=MONDAY + DAY)
    assert on_call(web, MONDAY + DAY, MONDAY + 2 * DAY) == ["Cy"]


def test_what_is_shown_is_what_turns() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben, cy))
    web.edit(by=SYSTEM, changes={"layers": [weekly(ann, cy)]}, now=MONDAY + 7 * DAY + MINUTE)
    # Cy has the third week, which is number two: the first of the list from here on.
    assert web.layers[0]["participants"] == [str(cy.pk), str(ann.pk)]


def test_a_new_beginning_counts_as_it_is_written() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    web.edit(by=SYSTEM, changes={"layers": [weekly(ben, ann, start="2026-03-02T10:00")]}, now=NOW)
    assert on_call(web, NOW, NOW + MINUTE) == ["Ben"]


def test_an_edit_that_changes_nothing_is_not_told() -> None:
    ann = somebody("Ann")
    web = schedule(weekly(ann))
    web.edit(by=SYSTEM, changes={"name": "Web", "layers": [weekly(ann)]}, now=NOW)
    assert told() == ["SCHEDULE_CREATED"]
    assert (web.version, web.editions.count()) == (1, 1)


def test_a_new_name_alone_makes_no_edition() -> None:
    web = schedule(weekly(somebody("Ann")))
    web.edit(by=SYSTEM, changes={"name": "Shop"}, now=NOW)
    assert (web.name, web.version, web.editions.count()) == ("Shop", 2, 1)


def test_two_edits_at_one_instant_leave_the_second() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann))
    for person in (ben, ann, ben):
        web.edit(by=SYSTEM, changes={"layers": [weekly(person)]}, now=NOW)
    assert on_call(web, NOW - MINUTE, NOW + MINUTE) == ["Ann", "Ben"]


def test_a_clock_that_was_set_back_leaves_the_newest_edit() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann))
    web.edit(by=SYSTEM, changes={"layers": [weekly(ben)]}, now=NOW + DAY)
    web.edit(by=SYSTEM, changes={"layers": [weekly(cy)]}, now=NOW)
    assert on_call(web, NOW, NOW + 3 * DAY) == ["Cy"]


def test_an_edit_that_goes_on_with_the_same_person_cuts_no_shift() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    web.edit(by=SYSTEM, changes={"layers": [weekly(ann, ben, somebody("Cy"))]}, now=NOW)
    assert [shift.start for shift in web.shifts(NOW - DAY, MONDAY + DAY)] == [NOW - DAY, MONDAY]


def test_who_edits_what_somebody_else_has_edited_is_told() -> None:
    web = schedule(weekly(somebody("Ann")))
    web.edit(by=SYSTEM, changes={"name": "Shop"}, version=1, now=NOW)
    with pytest.raises(StaleEdit) as refused:
        web.edit(by=SYSTEM, changes={"name": "Store"}, version=1, now=NOW)
    assert refused.value.current["name"] == "Shop"


def test_an_account_that_is_off_may_stay_and_not_come_in() -> None:
    ann, gone = somebody("Ann"), somebody("Gone", is_active=False)
    with pytest.raises(ValidationError, match="there is no user"):
        schedule(weekly(ann, gone))
    web = schedule(weekly(ann))
    ann.is_active = False
    ann.save()
    web.edit(by=SYSTEM, changes={"layers": [weekly(ann, length=2)]}, now=NOW)
    assert web.layers[0]["length"] == 2


def test_a_schedule_that_a_policy_pages_is_not_deleted() -> None:
    web = schedule(weekly(somebody("Ann")))
    page = policy({"schedule": str(web.pk)})
    with pytest.raises(ScheduleInUse, match="Web cannot be deleted while a policy pages it: Page"):
        web.remove(by=SYSTEM)
    page.remove(by=SYSTEM)
    web.remove(by=SYSTEM)
    assert not Schedule.objects.exists()
    assert told() == ["SCHEDULE_CREATED", "POLICY_CREATED", "POLICY_DELETED", "SCHEDULE_DELETED"]


def test_a_refused_schedule_leaves_nothing() -> None:
    with pytest.raises(ValidationError, match="is not a time zone"):
        schedule(zone="Mars/Olympus")
    with pytest.raises(ValidationError, match="Layers is a list"):
        schedule(layers="none")
    assert not Schedule.objects.exists()


def test_a_preview_says_what_an_edit_would_come_to_and_changes_nothing() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann, ben, cy))
    wanted, at = [weekly(ann, cy)], MONDAY + DAY
    seen = web.preview(wanted, "America/New_York", at, at + 20 * DAY)
    assert (web.version, web.layers) == (1, [weekly(ann, ben, cy)])
    web.edit(by=SYSTEM, changes={"layers": wanted}, now=at)
    assert seen == web.shifts(at, at + 20 * DAY)


def test_in_another_zone_the_list_counts_as_it_is_written() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    # In Berlin it is nine already.
    at = utc("2026-03-09T10:00")
    web.edit(by=SYSTEM, changes={"timezone": "Europe/Berlin", "layers": [weekly(ann, ben)]}, now=at)
    assert on_call(web, at - MINUTE, at + MINUTE) == ["Ann", "Ben"]


def test_a_preview_of_what_makes_no_sense_is_refused() -> None:
    ann = somebody("Ann")
    for said, zone in (([weekly(ann)], "Mars/Olympus"), ([weekly(ann, unit="years")], "UTC")):
        with pytest.raises(ValidationError):
            Schedule().preview(said, zone, NOW, NOW + DAY)
