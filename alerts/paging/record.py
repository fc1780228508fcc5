"""The record of an incident's pages, as people read it: who was told when, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from alerts.models.page import Page, Paged
from alerts.paging.ahead import Ahead, ahead
from alerts.paging.reasons import Reason
from incidents.models import Incident


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done at one instant: whom it told, and why others were not told. ``step`` counts from 1."""

    at: datetime
    reason: str
    step: int | None
    names: Sequence[str]
    whys: Sequence[str]


@dataclass(frozen=True, slots=True)
class Record:
    """A page with its entries, the oldest first, and its next firing."""

    page: Page
    entries: Sequence[Entry]
    ahead: Ahead | None

    @property
    def last(self) -> Entry | None:
        """Return the last entry that told anybody."""
        return next((entry for entry in reversed(self.entries) if entry.names), None)


def records(incident: Incident) -> list[Record]:
    """Return the pages of an incident, the oldest first."""
    pages = incident.pages.prefetch_related("paged").order_by("started_at", "id")
    return [Record(page, _entries(page.paged.all()), ahead(page)) for page in pages]


def told_besides(incident: Incident) -> list[Entry]:
    """Return what was told without a page: that it is theirs, that another alert came."""
    return _entries(incident.paged.filter(page=None))


def _entries(lines: Iterable[Paged]) -> list[Entry]:
    found = []
    for (at, step, reason), some in groupby(lines, key=lambda line: (line.at, line.step, line.reason)):
        rows = list(some)
        names = [row.name for row in rows if row.name]
        whys = [row.why for row in rows if row.why]
        found.append(Entry(at, str(Reason(reason).label), None if step is None else step + 1, names, whys))
    return found
