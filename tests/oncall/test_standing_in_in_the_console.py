"""Taking a shift, standing in for part of it, swapping two, and ending that: in the console."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from accounts.models import User
from oncall.models import Override, Schedule
from tests.factories import UserFactory, signed_in
from tests.oncall.people import MONDAY, NOW, schedule, somebody, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return UserFactory.create(name="Olga", timezone="Europe/Berlin")


@pytest.fixture
def console(olga: User) -> Client:
    return signed_in(olga)


@pytest.fixture
def plan() -> Schedule:
    return schedule(weekly(somebody("Ada"), somebody("Ben")))


def next_shifts(plan: Schedule, number: int = 3) -> list[str]:
    now = timezone.now()
    found = plan.shifts(now, now + timedelta(days=40))[1 : number + 1]
    return [f"{shift.start.isoformat()}/{shift.end.isoformat()}" for shift in found]


def test_one_press_takes_a_shift_and_another_gives_it_back(console: Client, olga: User, plan: Schedule) -> None:
    [coming] = next_shifts(plan, 1)
    answer = console.post(f"/console/oncall/schedules/{plan.pk}/take/", {"shift": coming}, follow=True)
    override = Override.objects.get()
    assert override.user == olga
    assert override.replaces is not None
    page = answer.content.decode()
    assert "It is your shift now." in page
    assert "Take it back" in page
    page = console.post(f"/console/oncall/overrides/{override.pk}/end/", follow=True).content.decode()
    assert "taken back" in page
    assert "It is over" not in page
    assert not Override.objects.exists()


@pytest.mark.parametrize("shift", ["", "nonsense", "2026-03-02/2026-03-09", "2001-03-02T00:00Z/2001-03-09T00:00Z"])
def test_what_is_no_shift_or_gone_by_is_refused_in_words(shift: str, console: Client, plan: Schedule) -> None:
    answer = console.post(f"/console/oncall/schedules/{plan.pk}/take/", {"shift": shift}, follow=True)
    assert "<strong>Refused.</strong>" in answer.content.decode()
    assert not Override.objects.exists()


def test_part_of_a_shift_begins_with_the_shift_on_ones_own_clock(console: Client, plan: Schedule) -> None:
    shift = "2027-01-04T14:00:00+00:00/2027-01-11T14:00:00+00:00"
    page = console.get(f"/console/oncall/schedules/{plan.pk}/cover/", {"shift": shift}).content.decode()
    assert 'name="start" value="2027-01-04T15:00"' in page
    assert '<option value="Europe/Berlin" selected>' in page


def test_an_override_is_on_the_clock_of_its_zone(console: Client, plan: Schedule) -> None:
    year = timezone.now().year + 1
    ben = User.objects.get(name="Ben")
    said = {
        "user": ben.pk,
        "timezone": "America/New_York",
        "start": f"{year}-07-01T09:00",
        "end": f"{year}-07-01T17:00",
    }
    answer = console.post(f"/console/oncall/schedules/{plan.pk}/cover/", said)
    assert answer.status_code == 302
    override = Override.objects.get()
    assert (override.user, override.start) == (ben, datetime(year, 7, 1, 13, tzinfo=UTC))


def test_times_that_clocks_leap_over_are_called_so(console: Client, plan: Schedule) -> None:
    said = {"user": User.objects.get(name="Ben").pk, "timezone": "Europe/Berlin"}
    times = {"start": "2027-03-28T02:30", "end": "2027-03-28T02:45"}
    page = console.post(f"/console/oncall/schedules/{plan.pk}/cover/", said | times).content.decode()
    assert "There is no time between 02:30 and 02:45 on 28 March 2027 in Europe/Berlin" in page
    assert "It must end after its start." not in page


def test_an_override_under_a_newer_one_is_marked(console: Client, olga: User, plan: Schedule) -> None:
    ben, first = User.objects.get(name="Ben"), MONDAY
    with travel(NOW, tick=False):
        plan.cover(ben, first, first + timedelta(days=2), by=olga.actor)
        plan.cover(olga, first, first + timedelta(days=1), by=olga.actor)
        assert "In part overruled by Olga" in console.get(f"/console/oncall/schedules/{plan.pk}/").content.decode()
        plan.cover(olga, first + timedelta(days=1), first + timedelta(days=2), by=olga.actor)
        listed = console.get(f"/console/oncall/schedules/{plan.pk}/").context["overrides"]
    assert [(str(one.override.user), one.wholly) for one in listed] == [("Ben", True), ("Olga", False), ("Olga", False)]


def test_an_end_before_its_start_is_said_beside_it(console: Client, plan: Schedule) -> None:
    said = {
        "user": User.objects.get(name="Ben").pk,
        "timezone": "UTC",
        "start": "2030-01-02T09:00",
        "end": "2030-01-01T09:00",
    }
    answer = console.post(f"/console/oncall/schedules/{plan.pk}/cover/", said)
    assert answer.status_code == 400
    assert "It must end after its start." in answer.content.decode()


def test_the_shift_that_runs_is_swapped_however_long_the_form_was_open(console: Client, plan: Schedule) -> None:
    page, swap = f"/console/oncall/schedules/{plan.pk}/", f"/console/oncall/schedules/{plan.pk}/swap/"
    with travel(NOW, tick=False):
        listed = [one["value"] for one in console.get(page).context["shifts"]]
        shown = console.get(swap, {"shift": listed[0]}).content.decode()
    assert f'<option value="{listed[0]}" selected>' in shown
    with travel(NOW + timedelta(minutes=1), tick=False):
        assert console.post(swap, {"first": listed[0], "second": listed[1]}).status_code == 302
    assert [(each.start, each.end) for each in plan.overrides.order_by("start")] == [
        (NOW + timedelta(minutes=1), MONDAY),
        (MONDAY, MONDAY + timedelta(days=7)),
    ]


def test_two_shifts_are_swapped_or_none(console: Client, plan: Schedule) -> None:
    first, second, third = next_shifts(plan)
    swap = f"/console/oncall/schedules/{plan.pk}/swap/"
    assert "<option" in console.get(swap, {"shift": first}).content.decode()
    answer = console.post(swap, {"first": first, "second": third})
    assert answer.status_code == 400
    assert "has both shifts already." in answer.content.decode()
    assert console.post(swap, {"first": first, "second": second}).status_code == 302
    assert Override.objects.count() == 2


def test_the_address_of_the_calendar_is_changed(console: Client, plan: Schedule) -> None:
    before = plan.feed_token
    assert before in console.get(f"/console/oncall/schedules/{plan.pk}/").content.decode()
    console.post(f"/console/oncall/schedules/{plan.pk}/rotate/")
    plan.refresh_from_db()
    assert plan.feed_token != before
