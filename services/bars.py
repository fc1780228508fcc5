"""Days of a service as one picture. Pure: no database, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from services.status import Status
from services.uptime import Day

NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Run:
    """Adjoining days of one status; ``status`` is a word for a class name."""

    status: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The picture, and what it says in words."""

    days: int
    label: str
    runs: tuple[Run, ...]


def bar(days: Sequence[Day], figure: str) -> Bar:
    """Draw ``days``; ``figure`` is their uptime in words."""
    runs, offset = [], 0
    for status, group in groupby(days, key=lambda day: day.status):
        length = len(list(group))
        runs.append(Run(status or NO_DATA, offset, length))
        offset += length
    return Bar(len(days), f"Uptime of the last {len(days)} days: {figure}. {_in_words(days)}", tuple(runs))


def _in_words(days: Sequence[Day]) -> str:
    counts = Counter(day.status for day in days)
    parts = [
        f"{counts[status]} {status.label.lower() if status else 'without data'}"
        for status in (*Status, None)
        if counts[status]
    ]
    return f"Days: {', '.join(parts)}." if parts else ""
