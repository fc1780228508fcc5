"""The API plans, moves and ends windows; what it refuses it says in a sentence and changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from services.maintenance.lifecycle import Stage
from services.models import Maintenance, Service
from tests.factories import bearer
from tests.maintenance.conftest import ANN, END, NOW, START, Plan

pytestmark = pytest.mark.django_db
URL = "/api/v1/maintenance"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers=bearer("read", "write"))


def body(service: Service, **more: object) -> dict[str, object]:
    times = {"scheduled_start": START.isoformat(), "scheduled_end": END.isoformat()}
    return {"title": "Database upgrade", "services": [str(service.pk)], **times, **more}


def post(client: Client, path: str, data: object = None) -> Any:
    return client.post(f"{URL}{path}", data if data is not None else {}, "application/json")


def test_a_window_is_planned_and_read(client: Client, service: Service) -> None:
    answer = post(client, "", body(service, description="Orders wait.", timezone="Europe/Berlin", remind_before=30))
    assert answer.status_code == 201
    told = client.get(answer["Location"]).json()
    assert told["services"] == [
        {"id": str(service.pk), "slug": "checkout", "name": "Checkout", "public": True, "status": "operational"}
    ]
    said = {name: told[name] for name in ("status", "timezone", "remind_before", "recurrence", "updates", "version")}
    assert said == {
        "status": "scheduled",
        "timezone": "Europe/Berlin",
        "remind_before": 30,
        "recurrence": "",
        "updates": [],
        "version": 1,
    }
    assert told["scheduled_start"] == "2026-03-03T02:00:00Z"


def test_it_starts_is_extended_talked_about_and_completed(client: Client, plan: Plan) -> None:
    window = plan()
    assert post(client, f"/{window.pk}/start").json()["status"] == "in_progress"
    until = (END + timedelta(hours=1)).isoformat()
    assert post(client, f"/{window.pk}/extend", {"until": until}).json()["scheduled_end"] == "2026-03-03T05:00:00Z"
    assert post(client, f"/{window.pk}/updates", {"message": "Half done."}).status_code == 201
    told = post(client, f"/{window.pk}/complete", {"message": "All done."}).json()
    assert told["status"] == "completed"
    assert [entry["message"] for entry in told["updates"]][-2:] == ["Half done.", "All done."]
    assert client.get(f"{URL}/{window.pk}/updates").json()["count"] == 4


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        ("complete", "This maintenance has not started yet. Start it first, or cancel it."),
        ("start", "This maintenance was cancelled. Plan another one."),
    ],
)
def test_a_move_that_the_table_does_not_allow_is_refused(client: Client, plan: Plan, verb: str, sentence: str) -> None:
    window = plan()
    if verb == "start":
        window.cancel(by=ANN, now=NOW)
    answer = post(client, f"/{window.pk}/{verb}")
    assert (answer.status_code, answer.json()["detail"]) == (409, sentence)
    assert answer.json()["current"]["id"] == str(window.pk)


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"scheduled_end": START.isoformat()}, "scheduled_end", "A window ends after it starts."),
        ({"scheduled_start": "2026-03-02T10:00:00Z"}, "scheduled_start", "what is over cannot be planned"),
        ({"scheduled_start": "9999-12-31T23:59:59Z"}, "scheduled_start", "between the years 1970 and 2999"),
        ({"scheduled_end": "2026-05-03T00:00:00Z"}, "scheduled_end", "at most 31 days"),
        ({"timezone": "Mars/Olympus"}, "timezone", "is not a time zone"),
        ({"timezone": "localtime"}, "timezone", "is not a time zone"),
        ({"services": []}, "services", "1 to 500"),
        ({"services": ["00000000-0000-4000-8000-000000000000"]}, "services.0", "There is no service"),
        ({"recurrence": "FREQ=HOURLY"}, "recurrence", "Windows repeat daily at most"),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=MO"}, "recurrence", "whose first is on Monday 9 March 2026, 02:00"),
        ({"recurrence": "FREQ=DAILY", "scheduled_end": "2026-03-05T00:00:00Z"}, "recurrence", "would overlap"),
        ({"remind_before": 0}, "remind_before", "greater than or equal to 1"),
        ({"titel": "x"}, "titel", "There is no such field."),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isidentifier() else "",
)
def test_what_makes_no_sense_is_refused_by_field(
    client: Client, service: Service, more: dict[str, object], field: str, sentence: str
) -> None:
    answer = post(client, "", body(service, **more))
    assert answer.status_code == 400
    assert sentence in str(answer.json()["errors"][field])
    assert not Maintenance.objects.exists()


def test_who_sends_back_what_they_read_changes_nothing(client: Client, plan: Plan) -> None:
    window = plan(recurrence="FREQ=WEEKLY;COUNT=2")
    read = client.get(f"{URL}/{window.pk}").json()
    answer = client.patch(f"{URL}/{window.pk}", read, "application/json")
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_an_old_edit_is_refused_with_the_window_as_it_is(client: Client, plan: Plan) -> None:
    window = plan()
    window.edit(by=ANN, changes={"title": "Network"}, now=NOW)
    answer = client.patch(f"{URL}/{window.pk}", {"title": "Mine", "version": 1}, "application/json")
    assert (answer.status_code, answer.json()["current"]["title"]) == (409, "Network")


def test_this_and_all_later_ones_are_edited_and_cancelled(client: Client, plan: Plan) -> None:
    window = plan(recurrence="FREQ=WEEKLY;COUNT=3")
    assert client.patch(f"{URL}/{window.pk}", {"title": "New", "later": True}, "application/json").status_code == 200
    assert Maintenance.objects.filter(title="New").count() == 3
    assert post(client, f"/{window.pk}/cancel", {"later": True}).status_code == 200
    assert Maintenance.objects.filter(status=Stage.CANCELLED).count() == 3


def test_windows_are_found_by_status_service_time_and_words(client: Client, plan: Plan, other: Service) -> None:
    plan()
    plan(title="Network", services=[other], start=START + timedelta(days=7), end=END + timedelta(days=7))

    def titles(query: str) -> list[str]:
        return [window["title"] for window in client.get(f"{URL}?{query}").json()["results"]]

    assert titles("") == ["Database upgrade", "Network"]
    assert titles("status=completed") == []
    assert titles(f"service={other.pk}") == ["Network"]
    assert titles("from=2026-03-05T00:00:00Z") == ["Network"]
    assert titles("to=2026-03-03T03:00:00Z") == ["Database upgrade"]
    assert titles("search=login") == ["Network"]
    assert client.get(f"{URL}?status=never").status_code == 400


def test_a_preview_shows_the_next_ten_and_what_clocks_do_to_them(client: Client) -> None:
    start = datetime(2026, 3, 22, 1, 30, tzinfo=UTC)
    times = {"scheduled_start": start.isoformat(), "scheduled_end": (start + timedelta(hours=1)).isoformat()}
    told = post(
        client, "/preview", {**times, "timezone": "Europe/Berlin", "recurrence": "RRULE:FREQ=WEEKLY;BYDAY=SU"}
    ).json()
    assert (told["recurrence"], told["words"]) == ("FREQ=WEEKLY;BYDAY=SU", "every Sunday, 02:30 Europe/Berlin")
    assert len(told["occurrences"]) == 10
    assert told["occurrences"][1] == {
        "start": "2026-03-29T01:00:00Z",
        "end": "2026-03-29T02:00:00Z",
        "local_start": "2026-03-29T03:00",
        "local_end": "2026-03-29T04:00",
        "warnings": ["02:30 does not happen that day: clocks go forward, and it begins at 03:00."],
    }
    assert not Maintenance.objects.exists()
