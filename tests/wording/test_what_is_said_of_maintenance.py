"""Each kind of event of a window has its words, with its hours on the planner's clock and in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events.kinds import Kind
from notifications.kinds import Audience
from notifications.telling import words_of
from notifications.transports.outcome import Words
from services.models import Maintenance, Service
from tests.wording.conftest import ANN, NOON, last

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 3, 3, 1, tzinfo=UTC)


@pytest.fixture
def window(checkout: Service) -> Maintenance:
    return plan(checkout)


def plan(service: Service, **more: Any) -> Maintenance:
    fields: dict[str, Any] = {"timezone": "Europe/Berlin", "description": "A new version.", "now": NOON, **more}
    return Maintenance.schedule(
        by=ANN, title="Database", services=[service], start=START, end=START + timedelta(hours=2), **fields
    )


def told(kind: str, audience: Audience = Audience.PUBLIC) -> Words:
    words = words_of(last(kind), audience)
    assert words, "Nothing is told of this."
    return words


def test_a_planned_one_says_when_on_both_clocks(window: Maintenance) -> None:
    words = told(Kind.MAINTENANCE_SCHEDULED)
    assert words.subject == "Planned maintenance: Database"
    assert "When: 3 March 2026, 02:00 to 04:00 Europe/Berlin (01:00 to 03:00 UTC)" in words.text
    assert "Works on: Checkout API" in words.text
    assert words.text.startswith("A new version.")


def test_a_series_says_how_it_goes_on(checkout: Service) -> None:
    plan(checkout, recurrence="FREQ=WEEKLY;BYDAY=TU")
    assert "Repeats: every Tuesday, 02:00 Europe/Berlin" in told(Kind.MAINTENANCE_SCHEDULED).text


def test_one_that_moved_says_from_where(window: Maintenance) -> None:
    moved = {"scheduled_start": START + timedelta(days=1), "scheduled_end": START + timedelta(days=1, hours=2)}
    window.edit(by=ANN, changes=moved, now=NOON)
    words = told(Kind.MAINTENANCE_CHANGED)
    assert words.subject == "Maintenance moved: Database"
    assert "When: 4 March 2026, 02:00" in words.text
    assert "Before: 3 March 2026, 02:00" in words.text


def test_one_that_takes_longer_keeps_what_was_said(window: Maintenance) -> None:
    window.start(by=ANN, now=START)
    window.extend(by=ANN, until=START + timedelta(hours=5), message="The copy is slow.", now=START)
    text = told(Kind.MAINTENANCE_CHANGED).text
    assert "The copy is slow." in text
    assert "02:00 to 07:00 Europe/Berlin" in text


def test_its_way_has_a_word_each(window: Maintenance) -> None:
    window.remind_on_time(now=START - timedelta(minutes=30))
    window.start(by=ANN, now=START)
    window.post_update(by=ANN, message="Half way.", now=START)
    window.complete(by=ANN, now=START + timedelta(hours=1))
    assert [told(kind).subject for kind in (Kind.MAINTENANCE_REMINDER, Kind.MAINTENANCE_STARTED)] == [
        "Maintenance begins soon: Database",
        "Maintenance started: Database",
    ]
    assert told(Kind.MAINTENANCE_UPDATE_POSTED).subject == "Maintenance update: Database"
    assert told(Kind.MAINTENANCE_COMPLETED).subject == "Maintenance completed: Database"


def test_one_that_is_called_off_says_so(window: Maintenance) -> None:
    window.cancel(by=ANN, message="Not needed.", now=NOON)
    words = told(Kind.MAINTENANCE_CANCELLED)
    assert (words.subject, words.text.split("\n")[0]) == ("Maintenance cancelled: Database", "Not needed.")


def test_other_edits_are_for_insiders(window: Maintenance) -> None:
    window.edit(by=ANN, changes={"title": "Databases"}, now=NOON)
    assert words_of(last(Kind.MAINTENANCE_CHANGED), Audience.PUBLIC) is None
    assert "title: Database → Databases" in told(Kind.MAINTENANCE_CHANGED, Audience.INTERNAL).text


def test_a_note_is_for_insiders(window: Maintenance) -> None:
    window.post_update(by=ANN, message="Ask Bob.", public=False, now=NOON)
    assert words_of(last(Kind.MAINTENANCE_UPDATE_POSTED), Audience.PUBLIC) is None
    assert told(Kind.MAINTENANCE_UPDATE_POSTED, Audience.INTERNAL).subject == "Note on maintenance: Database"


def test_one_that_becomes_public_is_news(checkout: Service) -> None:
    window = plan(checkout, public=False)
    window.edit(by=ANN, changes={"public": True}, now=NOON)
    assert told(Kind.MAINTENANCE_CHANGED).subject == "Planned maintenance: Database"


def test_a_private_service_in_it_stays_unnamed(checkout: Service, ledger: Service) -> None:
    Maintenance.schedule(
        by=ANN, title="Both", services=[checkout, ledger], start=START, end=START + timedelta(hours=1), now=NOON
    )
    assert "Ledger" not in told(Kind.MAINTENANCE_SCHEDULED).text
    assert "Ledger" in told(Kind.MAINTENANCE_SCHEDULED, Audience.INTERNAL).text


def test_what_the_clock_did_names_nobody(window: Maintenance) -> None:
    window.start_on_time(now=START)
    assert "Posted: 3 March 2026, 01:00 UTC\n" in told(Kind.MAINTENANCE_STARTED).text
