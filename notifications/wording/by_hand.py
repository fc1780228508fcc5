"""Messages that a person sends: a test, to try a way, and a note. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from notifications.transports.outcome import Words
from notifications.wording.clock import moment
from notifications.wording.facts import Place
from notifications.wording.sheet import Sheet

TEST: Final = "TEST"
NOTE: Final = "NOTE"


def test(place: Place, name: str, by: str, at: datetime) -> Words:
    """Return the words that try the channel ``name``; ``by`` asked for it."""
    heading = f"Test of “{name}”"
    return Sheet(
        kind=TEST,
        heading=heading,
        at=at,
        lead=f"This is a test and nothing is wrong: {by} wanted to see whether messages from {place.name} arrive here.",
        rows=[("Sent", moment(at))],
        link=("Channels", place.at("/status", "/console/channels/")),
        facts={"title": heading, "test": True, "url": place.at("/status", "/console/channels/")},
    ).words()


def note(place: Place, title: str, message: str, by: str, at: datetime) -> Words:
    """Return the words that somebody wrote; ``message`` is Markdown."""
    return Sheet(
        kind=NOTE,
        heading=title,
        at=at,
        message=message,
        rows=[("Posted", f"{moment(at)} by {by}" if by else moment(at))],
        link=("See the status of everything", place.at("/status", "/console/")),
        facts={"title": title, "message": message, "author": by, "url": place.at("/status", "/console/")},
    ).words()
