"""Operators plan, change and run windows in the console; viewers read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.roles import Role
from services.maintenance.lifecycle import Stage
from services.models import Maintenance, Service
from tests.factories import signed_in
from tests.maintenance.conftest import ANN, END, NOW, START, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def operator(db: None) -> Client:
    return signed_in(Role.OPERATOR, timezone="Europe/Berlin")


def typed(service: Service, **more: object) -> dict[str, object]:
    usual = {
        "title": "Database upgrade",
        "services": [str(service.pk)],
        "public": "yes",
        "timezone": "Europe/Berlin",
        "scheduled_start": "2026-03-03T02:00",
        "scheduled_end": "2026-03-03T04:00",
        "remind_before": "60",
    }
    return {**usual, **more}


def test_a_window_is_planned_on_the_clock_of_its_zone(operator: Client, service: Service) -> None:
    first = operator.get(reverse("maintenance:plan")).content.decode()
    assert '<option value="Europe/Berlin" selected>' in first
    assert 'value="2026-03-02T15:00"' in first
    answer = operator.post(reverse("maintenance:plan"), typed(service), follow=True)
    window = Maintenance.objects.get()
    assert (window.scheduled_start, window.timezone) == (START - timedelta(hours=1), "Europe/Berlin")
    assert "is planned. It starts and ends by the clock." in answer.content.decode()


def test_a_preview_shows_the_next_ten_and_plans_nothing(operator: Client, service: Service) -> None:
    said = typed(service, how="weekly", every="2", days=["TU"], preview="1")
    text = operator.post(reverse("maintenance:plan"), said).content.decode()
    assert "Every second Tuesday, 02:00 Europe/Berlin" in text
    assert "Tue 31 Mar 2026, 02:00 to 04:00" in text
    assert "These are the next ten." in text
    assert 'value="Database upgrade"' in text
    assert not Maintenance.objects.exists()


def test_a_change_of_clocks_is_said_before_it_surprises(operator: Client, service: Service) -> None:
    said = typed(service, scheduled_start="2026-03-29T02:30", scheduled_end="2026-03-29T05:00")
    text = operator.post(reverse("maintenance:preview"), said).content.decode()
    assert "02:30 does not happen on 29 March 2026 in Europe/Berlin: clocks go forward. It begins at 03:00." in text


def test_a_series_that_begins_on_a_short_day_is_as_long_as_the_wall_says(operator: Client, service: Service) -> None:
    times = {"scheduled_start": "2026-03-29T01:30", "scheduled_end": "2026-03-29T03:00"}
    operator.post(reverse("maintenance:plan"), typed(service, **times, how="weekly"))
    lengths = {window.scheduled_end - window.scheduled_start for window in Maintenance.objects.all()}
    assert lengths == {timedelta(minutes=90)}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"how": "rule", "recurrence": "FREQ=HOURLY"}, "Windows repeat daily at most"),
        ({"how": "rule"}, "Write the rule, or choose another way of repeating."),
        ({"how": "weekly", "days": ["WE"]}, "The first window is on a Tuesday: tick it, or move the start."),
        ({"until": "2026-06-01", "count": "3", "how": "daily"}, "both would be two ends"),
        ({"scheduled_end": "2026-03-03T01:00"}, "A window ends after it starts."),
        ({"services": []}, "Choose what is worked on"),
    ],
    ids=["hourly", "no-rule", "other-day", "two-ends", "backwards", "no-service"],
)
def test_what_makes_no_sense_comes_back_with_its_reason(
    operator: Client, service: Service, more: dict[str, object], sentence: str
) -> None:
    answer = operator.post(reverse("maintenance:plan"), typed(service, **more))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Maintenance.objects.exists()


def test_the_page_offers_only_moves_that_the_table_allows(operator: Client, plan: Plan) -> None:
    window = plan()
    page = reverse("maintenance:detail", args=[window.pk])
    planned = operator.get(page).content.decode()
    assert "Start maintenance" in planned
    assert "Complete maintenance" not in planned
    window.start(by=ANN, now=NOW)
    begun = operator.get(page).content.decode()
    assert "Complete maintenance" in begun
    assert "Cancel maintenance" not in begun


def test_it_is_started_extended_and_completed(operator: Client, plan: Plan) -> None:
    window = plan(timezone="Europe/Berlin")

    def press(verb: str, **said: object) -> str:
        page = operator.post(reverse(f"maintenance:{verb}", args=[window.pk]), said, follow=True)
        window.refresh_from_db()
        return page.content.decode()

    assert "The maintenance has started" in press("start", message="Here we go.")
    press("extend", until="2026-03-03T07:00")
    assert window.scheduled_end == END + timedelta(hours=2)
    assert "the public page shows it" in press("update", message="Half done.", public="yes")
    assert "is completed" in press("complete")
    assert window.stage is Stage.COMPLETED
    assert "This maintenance is completed. Plan another one." in press("start")


def test_of_two_editors_the_second_sees_both_texts(operator: Client, plan: Plan, service: Service) -> None:
    window = plan(timezone="Europe/Berlin")
    window.edit(by=ANN, changes={"title": "Network"}, now=NOW)
    edit = reverse("maintenance:edit", args=[window.pk])
    answer = operator.post(edit, typed(service, title="Mine", version="1"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has saved this meanwhile" in text
    assert "Network" in text
    assert operator.post(edit, typed(service, title="Mine", version="2")).status_code == 302
    window.refresh_from_db()
    assert window.title == "Mine"


def test_one_of_a_series_or_all_later_ones_are_edited(operator: Client, plan: Plan, service: Service) -> None:
    start = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    window = plan(
        start=start,
        end=start + timedelta(hours=2),
        timezone="Europe/Berlin",
        recurrence="FREQ=MONTHLY;BYMONTHDAY=3;COUNT=3",
    )
    edit = reverse("maintenance:edit", args=[window.pk])
    text = operator.get(edit).content.decode()
    assert '<option value="month_day" selected>' in text
    same = {"how": "month_day", "every": "1", "count": "3"}
    moved = {"scheduled_start": "2026-03-04T02:00", "scheduled_end": "2026-03-04T04:00"}
    operator.post(edit, typed(service, **same, **moved, version="1", later="one"))
    window.refresh_from_db()
    assert window.scheduled_start == start + timedelta(days=1)
    refused = operator.post(edit, typed(service, how="daily", version="2", later="one")).content.decode()
    assert "How it repeats can be changed for this one and all later ones alone." in refused
    operator.post(edit, typed(service, **same, version="2", title="Patches", later="later"))
    assert {*Maintenance.objects.values_list("title", flat=True)} == {"Patches"}


def test_windows_are_found_and_an_empty_list_teaches(operator: Client, plan: Plan) -> None:
    page = reverse("maintenance:list")
    assert "Plan work before you do it" in operator.get(page).content.decode()
    plan()
    assert "Database upgrade" in operator.get(f"{page}?status=to_come&q=checkout").content.decode()
    assert "No window matches" in operator.get(f"{page}?status=completed").content.decode()


def test_a_window_goes_into_a_calendar(operator: Client, plan: Plan) -> None:
    window = plan()
    answer = operator.get(reverse("maintenance:calendar", args=[window.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).events
    assert event.decoded("dtstart") == START


def test_a_viewer_reads_and_has_no_buttons(plan: Plan) -> None:
    window = plan()
    viewer = signed_in(Role.VIEWER)
    text = viewer.get(reverse("maintenance:detail", args=[window.pk])).content.decode()
    assert "Database upgrade" in text
    assert "Start maintenance" not in text
    assert viewer.post(reverse("maintenance:start", args=[window.pk])).status_code == 403
