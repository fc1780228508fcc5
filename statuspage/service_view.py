"""A public service as it is shown, with the days behind its bar and figures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from services.bars import NO_DATA
from services.figure import Uptime, total
from services.lengths import in_days
from services.status import Status
from services.uptime import LONGEST, Day
from statuspage import states
from statuspage.runs import Run

SPANS = (30, 60, LONGEST)
# The rule of plain time; the others are ``maintenance`` and ``no_data``.
COUNTED = "counted"


class Known:
    """What has a status and a rule: how its time counts. Where nobody knows, the status is the last that was known."""

    __slots__ = ()
    status: Status
    rule: str

    @property
    def is_known(self) -> bool:
        """Say whether the status is that of now."""
        return self.rule != NO_DATA

    @property
    def mark(self) -> str:
        """Return the word for the shape and color: a status, or ``no_data``."""
        return self.status.value if self.is_known else NO_DATA

    @property
    def label(self) -> str:
        """Return the same in words."""
        return states.status(self.mark)


@dataclass(frozen=True, slots=True)
class Figure:
    """Uptime of the last ``days`` days."""

    days: int
    uptime: Uptime

    @property
    def span(self) -> str:
        """Return the days in words."""
        return in_days(self.days)

    @property
    def percent(self) -> float | None:
        """Return uptime in percent; ``None`` when nothing was observed."""
        return self.uptime.percent

    @property
    def text(self) -> str:
        """Return the figure as people read it."""
        return self.uptime.text


@dataclass(frozen=True, slots=True)
class ComponentView(Known):
    """A component of a public service."""

    id: UUID
    name: str
    description: str
    status: Status
    since: datetime
    rule: str = COUNTED


@dataclass(frozen=True, slots=True)
class ServiceView(Known):
    """A public service with its last 90 days.

    ``moved_at`` is when what is shown here last changed. ``watched`` says that graphs of its checks are shown.
    """

    id: UUID
    slug: str
    name: str
    description: str
    url: str
    group_id: UUID | None
    position: int
    status: Status
    since: datetime
    message: str
    components: tuple[ComponentView, ...]
    runs: tuple[Run, ...]
    figures: tuple[Figure, ...]
    created_at: datetime
    moved_at: datetime
    rule: str = COUNTED
    watched: bool = False

    @property
    def figure(self) -> Figure:
        """Return the figure of the longest span."""
        return self.figures[-1]

    @property
    def bar_label(self) -> str:
        """Return what the bar says to those who do not see it."""
        return gettext("90 days, uptime %(figure)s") % {"figure": self.figure.text}

    @property
    def is_bad(self) -> bool:
        """Say whether it is anything but operational, as far as anybody knows."""
        return self.status is not Status.OPERATIONAL or not self.is_known

    @property
    def was_down(self) -> bool:
        """Say whether any of the window was downtime: its figures move with the clock."""
        return bool(self.figure.uptime.down)

    @property
    def is_settled(self) -> bool:
        """Say whether today and yesterday were plain good days: then the last 24 hours are the same at every hour."""
        lately = [run for run in self.runs if run.offset + run.length > LONGEST - 2]
        return all(run.status is Status.OPERATIONAL and not run.gaps for run in lately)


def figures(days: Sequence[Day]) -> tuple[Figure, ...]:
    """Add up the days of each span."""
    return tuple(Figure(span, total(day.uptime for day in days[-span:])) for span in SPANS)
