"""What happened at the company: incidents told step by step, and statuses set by hand. Pure: no database, no clock.

Times are written relative to the day on which the demo is made, so that it always ends today.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from services.uptime import midnight

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Step:
    """One act in a story, so many minutes after its beginning.

    ``do`` is ``acknowledge``, ``assign`` (to ``to``), ``note``, ``update``, a status to move to, ``resolve`` or
    ``reopen``.
    """

    minute: int
    by: str
    do: str
    say: str = ""
    to: str = ""
    eta_minute: int | None = None
    root_cause: str = ""
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One incident. It began ``minutes_ago``, or ``days_ago`` at a time of day (UTC)."""

    title: str
    severity: str
    by: str
    body: str
    services: Mapping[str, str]
    tags: Sequence[str] = ()
    public: bool = True
    minutes_ago: int | None = None
    days_ago: int = 0
    at: time = time()
    steps: Sequence[Step] = field(default_factory=list)

    def began(self, now: datetime) -> datetime:
        """Return the instant of its declaration."""
        if self.minutes_ago is not None:
            return now - timedelta(minutes=self.minutes_ago)
        return days_before(now, self.days_ago, self.at)


@dataclass(frozen=True, slots=True)
class ByHand:
    """A status that somebody set and, so many minutes later, set back."""

    service: str
    days_ago: int
    at: time
    minutes: int
    status: str
    by: str
    say: str
    component: str = ""


def read_stories() -> list[Story]:
    """Read every file of ``stories/``, in the order of their numbers."""
    return [_story(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(HERE.glob("stories/*.toml"))]


def read_changes() -> list[ByHand]:
    """Read ``changes.toml``."""
    written = tomllib.loads((HERE / "changes.toml").read_text(encoding="utf-8"))
    return [ByHand(**change) for change in written["changes"]]


def days_before(now: datetime, days: int, at: time = time()) -> datetime:
    """Return a time of day (UTC), so many days before today."""
    return midnight(now.date() - timedelta(days=days)) + timedelta(hours=at.hour, minutes=at.minute)


def _story(written: dict[str, Any]) -> Story:
    steps = [Step(**step) for step in written.pop("steps", [])]
    return Story(**written, steps=steps)
