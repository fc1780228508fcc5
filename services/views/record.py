"""The uptime of a service or component as its page shows it: figures, ninety days, hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from services.bars import Bar, bar
from services.graphs import heatmap
from services.graphs.heatmap import Heatmap
from services.models import Component, Service
from services.models.checked import Checked, checked, watched
from services.models.history import turns
from services.reckoning import LONGEST_SPAN, SPANS, Reckoning, reckon
from services.uptime import LONGEST, Day, Uptime, days, window

HOURS_OF = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """The uptime of one window, and its checks; ``below``: it misses the target. ``url`` shows how it comes about."""

    label: str
    uptime: Uptime
    checks: Checked
    below: bool
    url: str


@dataclass(frozen=True, slots=True)
class Record:
    """The uptime of a service or component, in figures, as pictures, and day by day, newest first."""

    figures: list[Figure]
    bar: Bar
    days: list[Day]
    hours: Heatmap

    @property
    def was_checked(self) -> bool:
        """Say whether any check was made in the longest window."""
        return any(figure.checks.count for figure in self.figures)


def record(thing: Service | Component, now: datetime) -> Record:
    """Return the uptime of ``thing``."""
    found = turns(thing, window(now, LONGEST_SPAN))
    made = {key: reckon(found, span, now) for key, span in SPANS.items()}
    until = made["24h"].until
    checks = checked(watched(thing), {key: one.since for key, one in made.items()}, until)
    each = days(made[str(LONGEST)].intervals, until, LONGEST, made[str(LONGEST)].stands)
    return Record(
        [_figure(thing, one, checks[key]) for key, one in made.items()],
        bar(each, made[str(LONGEST)].uptime.text),
        each[::-1],
        heatmap.draw(made[str(HOURS_OF)].intervals, until, HOURS_OF, name=thing.name),
    )


def address(thing: Service | Component, key: str) -> str:
    """Return where the figure of a window is shown with all that it is made of."""
    name = "component-uptime" if isinstance(thing, Component) else "uptime"
    return f"{reverse(f'services:{name}', args=[thing.pk])}?window={key}"


def _figure(thing: Service | Component, made: Reckoning, checks: Checked) -> Figure:
    target: Decimal | None = None if isinstance(thing, Component) else thing.sla_target
    percent = made.uptime.percent
    below = target is not None and percent is not None and percent < target
    return Figure(made.span.label, made.uptime, checks, below, address(thing, made.span.key))
