"""A confirmation asks and holds nothing that a stranger typed; a digest is one letter; a test says that it is one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from notifications.wording import asking, by_hand
from notifications.wording.digest import LINE, Item, digest
from notifications.wording.facts import Place
from tests.wording.conftest import NOON

PLACE = Place("OpStatus", "https://status.example.org")
INSIDE = Place("OpStatus", "https://status.example.org", internal=True)
PAGE = "https://status.example.org/status/incidents/1"


def test_a_confirmation_asks_and_leaves_a_place_for_the_link() -> None:
    words = asking.confirmation(PLACE, "everything on the status page", NOON)
    assert words.subject == "Please confirm: messages from OpStatus"
    assert "Nothing more is sent unless you say yes within 48 hours." in words.text
    assert all("{{confirm_url}}" in form for form in (words.text, words.html, words.short))


def test_a_digest_tells_in_order_on_the_readers_clock() -> None:
    cards: dict[str, Any] = {"subject_type": "incident", "subject_id": "1", "title": "Cards fail", "status": "Resolved"}
    later = Item(NOON + timedelta(hours=1), "Resolved: Cards fail", "All is well.", PAGE, **cards)
    first = Item(NOON, "Investigating: Cards fail", "We look.", PAGE, **cards)
    words = digest([later, first], PLACE, "Asia/Tokyo", NOON + timedelta(hours=6))
    assert words.subject == "OpStatus on 3 March 2026: 2 updates"
    assert words.text == (
        "What has happened since your last summary:\n\n"
        "Cards fail\nNow: Resolved\n"
        "2 March 2026, 21:00 Asia/Tokyo: Investigating. We look.\n"
        "2 March 2026, 22:00 Asia/Tokyo: Resolved. All is well.\n"
        f"{PAGE}\n\n"
        "See how everything is now:\nhttps://status.example.org/status\n"
    )


def test_two_things_stand_apart_in_a_digest_however_they_were_told() -> None:
    cards: dict[str, Any] = {"subject_type": "incident", "subject_id": "1", "title": "Cards fail", "status": "Resolved"}
    search: dict[str, Any] = {
        "subject_type": "incident",
        "subject_id": "2",
        "title": "Search is slow",
        "status": "Monitoring",
    }
    items = [
        Item(NOON, "Investigating: Cards fail", "We look.", PAGE, **cards),
        Item(NOON + timedelta(minutes=1), "Investigating: Search is slow", "", f"{PAGE}2", **search),
        Item(NOON + timedelta(minutes=2), "Resolved: Cards fail", "All is well.", PAGE, **cards),
    ]
    words = digest(items, PLACE, "UTC", NOON + timedelta(hours=1))
    assert [words.text.count(text) for text in ("Cards fail", "Search is slow", PAGE, f"{PAGE}2")] == [1, 1, 2, 1]
    assert words.text.index("All is well.") < words.text.index("Search is slow")
    assert "12:01 UTC: Investigating\n" in words.text
    assert words.html.count("Cards fail") == 1


def test_what_was_plain_stays_plain_in_a_digest() -> None:
    item = Item(NOON, "Update: *Cards* <b>", "1. one\n# two [x](https://evil.example) _y_", PAGE)
    words = digest([item], PLACE, "UTC", NOON)
    assert words.subject == "OpStatus on 2 March 2026: 1 update"
    assert "Update: *Cards* &lt;b&gt;" in words.html
    assert 'href="https://evil.example"' not in words.html
    assert "<h" not in words.html


def test_one_long_text_does_not_fill_a_digest() -> None:
    words = digest([Item(NOON, "Update: Cards", "long " * 1000, PAGE)], PLACE, "UTC", NOON)
    assert len(words.text) < LINE + 300
    assert "long…" in words.text


def test_a_test_says_that_nothing_is_wrong() -> None:
    words = by_hand.test(INSIDE, "Operations", "Ann", NOON)
    assert words.subject == "Test of “Operations”"
    assert "This is a test and nothing is wrong: Ann wanted to see" in words.text
    assert words.facts["test"] is True


def test_a_note_is_what_somebody_wrote() -> None:
    words = by_hand.note(INSIDE, "Office closed", "Back on **Monday**.", "Ann", NOON)
    assert (words.subject, words.text.split("\n")[0]) == ("Office closed", "Back on Monday.")
    assert "<strong>Monday</strong>" in words.html
    assert words.short == "Office closed. Back on Monday. https://status.example.org/console/"
