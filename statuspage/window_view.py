"""A public maintenance window as it is shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from services.lengths import duration
from services.maintenance.lifecycle import Stage
from statuspage import states

# The page shows so many updates of a window under way; the rest is one link away.
RECENT = 3
# Shapes and colors that are known from elsewhere on the page.
_MARK = {
    Stage.SCHEDULED: "maintenance",
    Stage.IN_PROGRESS: "maintenance",
    Stage.COMPLETED: "resolved",
    Stage.CANCELLED: "no_data",
}


@dataclass(frozen=True, slots=True)
class NamedService:
    """A public service that a window names."""

    id: UUID
    slug: str
    name: str


class Staged:
    """What is at a stage."""

    __slots__ = ()
    stage: Stage

    @property
    def word(self) -> str:
        """Return the stage in words."""
        return states.window(self.stage)

    @property
    def mark(self) -> str:
        """Return the word for the shape and color."""
        return _MARK[self.stage]


@dataclass(frozen=True, slots=True)
class WindowUpdateView(Staged):
    """Something said in public about a window, and the stage it was at."""

    id: UUID
    message: str
    message_html: str
    stage: Stage
    at: datetime


@dataclass(frozen=True, slots=True)
class WindowView(Staged):
    """A public window that names at least one public service, its public updates newest first.

    ``start`` and ``end`` are as planned, ``started_at`` and ``ended_at`` as it came. ``moved_at`` is when anything
    about it was last said; ``sequence`` counts what a calendar must learn anew.
    """

    id: UUID
    title: str
    description: str
    description_html: str
    stage: Stage
    services: tuple[NamedService, ...]
    updates: tuple[WindowUpdateView, ...]
    start: datetime
    end: datetime
    timezone: str
    recurrence: str
    started_at: datetime | None
    ended_at: datetime | None
    sequence: int
    created_at: datetime
    moved_at: datetime

    @property
    def is_under_way(self) -> bool:
        """Say whether work is being done."""
        return self.stage is Stage.IN_PROGRESS

    @property
    def is_planned(self) -> bool:
        """Say whether it has yet to begin."""
        return self.stage is Stage.SCHEDULED

    @property
    def is_over(self) -> bool:
        """Say whether it has ended, or will not take place."""
        return self.ended_at is not None

    @property
    def took_place(self) -> bool:
        """Say whether it has ended and had begun: one that was called off before is no part of history."""
        return self.is_over and self.started_at is not None

    @property
    def begun_at(self) -> datetime:
        """Return when it began, or is to begin."""
        return self.started_at or self.start

    @property
    def over_at(self) -> datetime:
        """Return when it ended, or is to end."""
        return self.ended_at or self.end

    @property
    def lasted(self) -> str:
        """Return how long it lasted, or is to last, in words."""
        return duration(self.over_at - self.begun_at)

    @property
    def day(self) -> date:
        """Return the UTC day on which it began, or is to begin."""
        return self.begun_at.astimezone(UTC).date()

    @property
    def recent(self) -> tuple[WindowUpdateView, ...]:
        """Return the few updates that the page shows."""
        return self.updates[:RECENT]


def soonest_first(found: Iterable[WindowView]) -> list[WindowView]:
    """Return windows in the order of what is to come."""
    return sorted(found, key=lambda window: (window.begun_at, window.id))


def latest_first(found: Iterable[WindowView]) -> list[WindowView]:
    """Return windows in the order of every list of the past."""
    return sorted(found, key=lambda window: (window.begun_at, window.id), reverse=True)
