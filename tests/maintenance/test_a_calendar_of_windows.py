"""A calendar file says the same thing to every calendar, and says it again when a window has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from services.maintenance.calendar import Entry, build

ENTRY = Entry(
    id=UUID(int=7),
    title="Database upgrade",
    description="Orders wait.",
    services=["Checkout", "Login"],
    url="https://status.example/status/maintenance/7",
    start=datetime(2026, 3, 29, 2, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    end=datetime(2026, 3, 29, 4, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    cancelled=False,
    sequence=3,
    created_at=datetime(2026, 3, 1, tzinfo=UTC),
    updated_at=datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC),
)


def test_an_event_says_what_when_and_where() -> None:
    event = _read(ENTRY)
    assert event["uid"] == f"{UUID(int=7)}@status.example"
    assert event["sequence"] == 3
    assert event.decoded("dtstart") == ENTRY.start.astimezone(UTC)
    assert event.decoded("dtend") == datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
    assert event["summary"] == "Database upgrade"
    assert event["description"] == f"Orders wait.\n\nServices: Checkout, Login\n\n{ENTRY.url}"
    assert event["url"] == ENTRY.url
    assert event["status"] == "CONFIRMED"
    assert event.decoded("last-modified") == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_a_cancelled_window_says_so_under_the_same_name() -> None:
    event = _read(replace(ENTRY, cancelled=True, sequence=4))
    assert (event["status"], event["sequence"]) == ("CANCELLED", 4)
    assert event["uid"] == _read(ENTRY)["uid"]


def test_a_feed_says_where_it_is_fetched_and_how_often() -> None:
    text = _build(ENTRY).decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert "X-PUBLISHED-TTL:PT1H" in text
    assert "SOURCE;VALUE=URI:https://status.example/calendar.ics" in text
    assert "X-WR-CALNAME:Maintenance" in text


def test_the_same_windows_give_the_same_bytes_in_whatever_order() -> None:
    later = replace(ENTRY, id=UUID(int=8), start=ENTRY.start + timedelta(days=1), end=ENTRY.end + timedelta(days=1))
    assert build("a", [ENTRY, later], host="h") == build("a", [later, ENTRY], host="h")


def test_a_calendar_without_windows_is_one_all_the_same() -> None:
    assert Calendar.from_ical(build("a", [], host="h")).events == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_any_words_come_back_as_they_were_and_no_line_is_too_long(words: str) -> None:
    raw = _build(replace(ENTRY, title=words))
    assert Calendar.from_ical(raw).events[0]["summary"] == words
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_lines_of_a_text_stay_lines_and_end_no_property() -> None:
    event = _read(replace(ENTRY, description="one; two, three\\n\nEND:VEVENT\nfour"))
    assert event["description"].startswith("one; two, three\\n\nEND:VEVENT\nfour")


def _build(*entries: Entry) -> bytes:
    return build("Maintenance", entries, host="status.example", url="https://status.example/calendar.ics")


def _read(entry: Entry) -> Any:
    (event,) = Calendar.from_ical(_build(entry)).events
    return event
