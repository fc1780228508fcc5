"""Shifts as a picture: a band for each week, in it a row of pieces for what holds and for what it is made of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from oncall.final import Shift
from oncall.sentences import GONE
from services.maintenance.wall import instant, wall

DAYS: Final = 7
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=DAYS)
# People are told apart by their names, and at a glance by so many tints.
TINTS: Final = 6
# Percent of a week in which a whole name can be read, and the first one.
ROOM: Final = 20
FIRST: Final = 8


@dataclass(frozen=True, slots=True)
class Row:
    """What is drawn in one line of every week. ``kind``: ``final``, ``override`` or ``layer``."""

    label: str
    kind: str
    shifts: Sequence[Shift]


@dataclass(frozen=True, slots=True)
class Piece:
    """A shift, or the part of it in one week. ``left`` and ``width`` are percent; ``user`` is empty for a gap."""

    left: str
    width: str
    user: str
    name: str
    tint: str
    start: datetime
    end: datetime

    @property
    def short(self) -> str:
        """Return as much of the name as a wide picture has room for: all of it, the first, or initials."""
        words, width = self.name.split(), float(self.width)
        return words[0] if self.user and words and FIRST <= width < ROOM else self.brief

    @property
    def brief(self) -> str:
        """Return as much of the name as a narrow picture has room for; of a narrow gap nothing."""
        words, width = self.name.split(), float(self.width)
        if width >= (ROOM if self.user else FIRST):
            return self.name
        return "".join(word[0] for word in words[:2]) if self.user else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row in one week."""

    label: str
    kind: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, where its midnight lies (percent), and whether it is the present one."""

    day: date
    left: str
    width: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days. ``now`` is where the present lies in it (percent), empty where it does not."""

    start: datetime
    end: datetime
    days: list[Day]
    lines: list[Line]
    now: str


def monday(of: date) -> date:
    """Return the first day of a week."""
    return of - timedelta(days=of.weekday())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day begins, UTC."""
    return instant(datetime.combine(day, time()), zone)


def weeks(
    rows: Iterable[Row], names: dict[str, str], first: date, number: int, zone: ZoneInfo, now: datetime
) -> list[Week]:
    """Return ``number`` weeks from the Monday ``first`` on, on the clock of ``zone``. A week may have 167 or 169 hours.

    Rows without a piece in a week are left out there, but for the final one. ``names`` are those of people by id, in
    the order of which they have their tints.
    """
    tints = {user: f"tint-{place % TINTS}" for place, user in enumerate(names)}
    found = list(rows)
    return [_week(found, names, tints, first + count * WEEK, zone, now) for count in range(number)]


def _week(
    rows: Sequence[Row], names: dict[str, str], tints: dict[str, str], first: date, zone: ZoneInfo, now: datetime
) -> Week:
    edges = [midnight(day, zone) for day in _days(first)]
    start, end = edges[0], edges[-1]
    today = wall(now, zone).date()
    days = [
        Day(day, _share(begins, start, end), _length(begins, ends, start, end), day == today)
        for day, (begins, ends) in zip(_days(first), pairwise(edges), strict=False)
    ]
    lines = [Line(row.label, row.kind, list(_pieces(row, names, tints, start, end))) for row in rows]
    shown = [line for line in lines if line.pieces or line.kind == "final"]
    return Week(start, end, days, shown, _share(now, start, end) if start <= now < end else "")


def _pieces(row: Row, names: dict[str, str], tints: dict[str, str], start: datetime, end: datetime) -> Iterator[Piece]:
    for shift in row.shifts:
        begins, ends = max(shift.start, start), min(shift.end, end)
        if begins >= ends or not (shift.user or row.kind == "final"):
            continue
        place = _share(begins, start, end), _length(begins, ends, start, end)
        name = names.get(shift.user, GONE) if shift.user else "Nobody"
        tint = tints.get(shift.user, "tint-0") if shift.user else "gap"
        yield Piece(*place, shift.user, name, tint, shift.start, shift.end)


def _days(first: date) -> list[date]:
    """Return the days of a week and the one after it."""
    return [first + count * DAY for count in range(DAYS + 1)]


def _share(at: datetime, start: datetime, end: datetime) -> str:
    return f"{(at - start) / (end - start) * 100:.3f}"


def _length(begins: datetime, ends: datetime, start: datetime, end: datetime) -> str:
    return f"{(ends - begins) / (end - start) * 100:.3f}"
