"""The company's maintenance: planned, under way and over."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.stories import HERE, days_before
from services.models import Maintenance

# How long before its start a window is planned.
NOTICE = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Planned:
    """One window, as ``maintenance.toml`` writes it."""

    title: str
    services: Sequence[str]
    by: str
    minutes: int
    zone: str
    say: str
    days_ago: int = 0
    at: time = time()
    minutes_ago: int | None = None
    took: int = 0
    done: str = ""
    public: bool = True
    repeat: str = ""

    def begins(self, now: datetime) -> datetime:
        """Return the instant for which it is planned."""
        if self.minutes_ago is not None:
            return now - timedelta(minutes=self.minutes_ago)
        return days_before(now, self.days_ago, self.at)


def read_windows() -> list[Planned]:
    """Read ``maintenance.toml``."""
    written = tomllib.loads((HERE / "maintenance.toml").read_text(encoding="utf-8"))
    return [Planned(**window) for window in written["windows"]]


class Work:
    """One window under way: the row, once it has been planned."""

    def __init__(self, planned: Planned, cast: Cast, now: datetime) -> None:
        self.planned, self.cast, self.now = planned, cast, now
        self.begins = planned.begins(now)

    def acts(self) -> Iterator[Act]:
        """Yield its plan, its start and its end, as far as they have come."""
        yield Act(min(self.begins, self.now) - NOTICE, self._plan)
        if self.begins <= self.now:
            yield Act(self.begins, lambda at: self.window.start_on_time(now=at))
        if self.planned.took:
            yield Act(self.begins + timedelta(minutes=self.planned.took), self._complete)

    def _plan(self, at: datetime) -> None:
        planned = self.planned
        self.window = Maintenance.schedule(
            by=self.cast.actor(planned.by),
            title=planned.title,
            description=planned.say,
            services=[self.cast.services[slug] for slug in planned.services],
            start=self.begins,
            end=self.begins + timedelta(minutes=planned.minutes),
            timezone=planned.zone,
            public=planned.public,
            recurrence=planned.repeat,
            now=at,
        )

    def _complete(self, at: datetime) -> None:
        self.window.complete(by=self.cast.actor(self.planned.by), message=self.planned.done, now=at)


def work(cast: Cast, now: datetime) -> Iterator[Act]:
    """Yield the acts of all windows."""
    for planned in read_windows():
        yield from Work(planned, cast, now).acts()
