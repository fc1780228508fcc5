"""The intervals that a service's figures are made of, but for plain operation, and what each does to them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from services.bars import NO_DATA
from services.figure import Weight
from services.lengths import duration
from services.saying import listed
from services.status import Status
from services.uptime import Change


@dataclass(frozen=True, slots=True)
class Spell:
    """Half open ``[start, end)`` in one status other than operational; it goes on while ``end`` is ``None``.

    ``status`` is ``None`` where nobody knows.
    """

    start: datetime
    end: datetime | None
    status: Status | None

    @property
    def mark(self) -> str:
        """Return the word for the shape and color."""
        return self.status.value if self.status else NO_DATA

    @property
    def lasted(self) -> str:
        """Return how long it lasted in words; empty while it goes on."""
        return duration(self.end - self.start) if self.end else ""

    @property
    def rule(self) -> str:
        """Return the rule by which it counts, in words."""
        if self.status in (None, Status.MAINTENANCE):
            return gettext("left out")
        if self.status is Status.PARTIAL_OUTAGE and Weight.partial < 1:
            return gettext("%(share)s%% of it is downtime") % {"share": round(100 * Weight.partial)}
        return gettext("downtime") if self.status.is_down else gettext("counts as up")

    @property
    def said(self) -> str:
        """Return how long it lasted, if it is over, and the rule."""
        return listed([part for part in (self.lasted, self.rule) if part])


def spells(changes: Sequence[Change], start: datetime, initial: Status | None) -> tuple[Spell, ...]:
    """Return the spells since ``start``, newest first.

    ``changes`` are those since ``start``, in order; ``initial`` is the status at ``start``, ``None`` where nobody knew.
    Nothing here follows the clock but ``start``: the spell that goes on has no end.
    """
    found: list[Spell] = []
    since, status = start, initial
    for change in changes:
        if change.new is status:
            continue
        if change.at > since:
            _add(found, since, change.at, status)
        since, status = change.at, change.new
    _add(found, since, None, status)
    return tuple(reversed(found))


def _add(found: list[Spell], start: datetime, end: datetime | None, status: Status | None) -> None:
    if status is not Status.OPERATIONAL:
        found.append(Spell(start, end, status))
