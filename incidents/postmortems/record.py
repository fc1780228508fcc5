"""What is known of an incident once it is over. Plain values; ``facts`` reads them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from incidents.lifecycle import Severity
from incidents.markdown import to_text
from services.status import Status

# Characters of what was said that stand in a line of a timeline.
LINE = 160
_MARKS = re.compile(r"([\\`*_~\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class Suffered:
    """A service that it affected, and how much downtime that was while it ran."""

    name: str
    public: bool
    impact: Status
    down: timedelta

    @property
    def minutes(self) -> int:
        """Return the downtime in whole minutes; a beginning one counts."""
        return -(-int(self.down.total_seconds()) // 60)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the timeline. ``said`` is Markdown; one that is not ``public`` is for people here."""

    at: datetime
    stage: str
    said: str
    author: str
    public: bool


@dataclass(frozen=True, slots=True)
class Record:
    """An incident as it went. ``ended`` is none while it is open; ``until`` is how far what is known reaches."""

    title: str
    severity: Severity
    public: bool
    began: datetime
    ended: datetime | None
    until: datetime
    services: Sequence[Suffered] = ()
    entries: Sequence[Entry] = ()
    responders: Sequence[str] = ()
    root_cause: str = ""
    resolution: str = ""

    @property
    def lasted(self) -> timedelta:
        """Return how long it took, or has taken so far."""
        return self.until - self.began


@dataclass(frozen=True, slots=True)
class Task:
    """An action item: who does it until when."""

    title: str
    owner: str = ""
    due: date | None = None
    done: bool = False
    overdue: bool = False


def moment(at: datetime) -> str:
    """Return an instant as people read it in a text: ``2 March 2026, 12:05 UTC``."""
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def in_a_line(said: str) -> str:
    """Return Markdown as words on one line, cut where it is long."""
    words = " ".join(to_text(said).split())
    return escaped(words if len(words) <= LINE else f"{words[: LINE - 1].rpartition(' ')[0] or words[: LINE - 1]}…")
