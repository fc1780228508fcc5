"""An act: something that somebody did at an instant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Call ``do`` with the instant ``at``."""

    at: datetime
    do: Callable[[datetime], object]


def play(acts: Iterable[Act]) -> None:
    """Play the acts in order of time, so that statuses, timelines and the log agree."""
    for act in sorted(acts, key=lambda act: act.at):
        act.do(act.at)
