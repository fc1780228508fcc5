"""A public incident as it is shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from incidents.lifecycle import IncidentStatus, Severity
from services.lengths import duration
from services.status import Status, worst

# The page shows so many updates of an open incident; the rest is one link away.
RECENT = 3
_ORDER = list(IncidentStatus)


@dataclass(frozen=True, slots=True)
class AffectedView:
    """A public service that an incident affects."""

    id: UUID
    slug: str
    name: str
    impact: Status


@dataclass(frozen=True, slots=True)
class UpdateView:
    """A public entry of a timeline."""

    id: UUID
    message: str
    message_html: str
    stage: IncidentStatus
    at: datetime
    estimated_resolution: datetime | None
    # Of what was added later: when it happened; ``at`` is when it was said.
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PostmortemView:
    """A published postmortem; ``sections`` are those in which something is written: heading and HTML."""

    summary: str
    impact: str
    root_cause: str
    resolution: str
    lessons: str
    sections: tuple[tuple[str, str], ...]
    published_at: datetime
    edited_at: datetime | None

    @property
    def moved_at(self) -> datetime:
        """Return when readers last saw something new in it."""
        return self.edited_at or self.published_at


@dataclass(frozen=True, slots=True)
class IncidentView:
    """A public incident, its public updates newest first."""

    id: UUID
    title: str
    body: str
    body_html: str
    severity: Severity
    stage: IncidentStatus
    affected: tuple[AffectedView, ...]
    updates: tuple[UpdateView, ...]
    declared_at: datetime
    resolved_at: datetime | None
    moved_at: datetime
    postmortem: PostmortemView | None = None
    # By when readers were promised to hear next, and whether the clock has told that it did not come.
    next_update_by: datetime | None = None
    next_update_missed: bool = False
    # Where it began before it was declared.
    started_at: datetime | None = None

    @property
    def began_at(self) -> datetime:
        """Return when it began."""
        return self.started_at or self.declared_at

    @property
    def is_open(self) -> bool:
        """Say whether it is not resolved."""
        return self.resolved_at is None

    @property
    def latest(self) -> UpdateView | None:
        """Return the newest update."""
        return self.updates[0] if self.updates else None

    @property
    def current(self) -> tuple[UpdateView, ...]:
        """Return the updates since it was last reopened, newest first: only a reopening leads to an earlier stage."""
        later = pairwise(map(_place, self.updates))
        turned = (number for number, (newer, older) in enumerate(later, 1) if older > newer)
        return self.updates[: next(turned, None)]

    @property
    def recent(self) -> tuple[UpdateView, ...]:
        """Return the few updates that the page shows."""
        return self.current[:RECENT]

    @property
    def expected(self) -> UpdateView | None:
        """Return the update whose estimate stands: the newest that has one, while it is open and not reopened since."""
        return next((update for update in self.current if update.estimated_resolution), None) if self.is_open else None

    @property
    def is_body_told(self) -> bool:
        """Say whether the body stands among the updates: its opening entry is the body until somebody edits it."""
        return any(update.message == self.body for update in self.updates)

    @property
    def impact(self) -> Status:
        """Return the worst that any public service suffers, or what its severity means when none is named."""
        return worst(row.impact for row in self.affected) if self.affected else self.severity.impact

    @property
    def lasted(self) -> str:
        """Return how long it lasted in words; empty while open."""
        return duration(self.resolved_at - self.began_at) if self.resolved_at else ""


def worst_first(found: Iterable[IncidentView]) -> list[IncidentView]:
    """Return incidents with the worst severity first, those of one severity in the order given."""
    return sorted(found, key=lambda incident: incident.severity.number)


def _place(update: UpdateView) -> int:
    return _ORDER.index(update.stage)
