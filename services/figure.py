"""What a period is made of, and the uptime that it gives. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.utils.translation import gettext

from services import saying

NOTHING = timedelta()
Amount = TypeVar("Amount", int, timedelta)


class Weight:
    """How much of a partial outage counts as downtime, 0 to 1.

    ``UPTIME_PARTIAL_WEIGHT``, put here once when the app starts. It is no argument: what has to be passed in a dozen
    places is forgotten in one of them, and a figure is to be the same wherever it is shown.
    """

    partial = 1.0


def rule() -> str:
    """Return in words what every figure is, for whoever reads one."""
    if Weight.partial == 1:
        return gettext(
            "Uptime is the share of observed time without a partial or major outage. "
            "Maintenance and time without data count neither way."
        )
    if not Weight.partial:
        return gettext(
            "Uptime is the share of observed time without a major outage; a partial one counts as no downtime. "
            "Maintenance and time without data count neither way."
        )
    return gettext(
        "Uptime is the share of observed time without a major outage; a partial one counts at %(share)s of its length. "
        "Maintenance and time without data count neither way."
    ) % {"share": saying.decimal(f"{Weight.partial:g}")}


def share(part: Amount, whole: Amount) -> float | None:
    """Return ``part`` of ``whole`` in percent, cut (not rounded) to three decimals; ``None`` of nothing.

    99.9996 must not read as 100.
    """
    return part * 100_000 // whole / 1000 if whole else None


def in_words(percent: float | None, nothing: str) -> str:
    """Return a percentage as people read it; ``nothing`` where there is none."""
    return nothing if percent is None else saying.percent(percent)


@dataclass(frozen=True, slots=True)
class Uptime:
    """What a period is made of. ``observed`` holds neither maintenance nor time without data.

    ``major`` and ``partial`` are the time in outages, of which :attr:`down` is the downtime.
    """

    observed: timedelta
    major: timedelta
    maintenance: timedelta
    partial: timedelta = NOTHING

    @property
    def down(self) -> timedelta:
        """Return the downtime: major outages, and partial ones as far as they count."""
        return self.major + self.partial * Weight.partial

    @property
    def percent(self) -> float | None:
        """Return uptime; ``None`` when nothing was observed."""
        return share(self.observed - self.down, self.observed)

    @property
    def text(self) -> str:
        """Return the percentage as people read it."""
        return in_words(self.percent, gettext("No data"))


def total(parts: Iterable[Uptime]) -> Uptime:
    """Add up periods that do not overlap."""
    observed = major = maintenance = partial = NOTHING
    for part in parts:
        observed += part.observed
        major += part.major
        maintenance += part.maintenance
        partial += part.partial
    return Uptime(observed, major, maintenance, partial)
