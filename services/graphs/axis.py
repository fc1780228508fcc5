"""Axes of a graph: round figures up the side, round times along the foot. Pure: no database, no clock, UTC.

A graph is drawn in a view box of ``WIDTH`` by ``HEIGHT`` that stretches with the page. What must not stretch, words and
marks, is placed by per cent of the way: from the left, and from the top.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import pgettext

from services import dates, saying

WIDTH, HEIGHT = 900, 400
# A word such as "16 Nov" five times is what a telephone has room for.
MOST_TIMES = 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_STRIDES = (HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY, 91 * DAY)
_A_MONDAY = datetime(2001, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tick:
    """A word beside an axis, ``at`` per cent of the way."""

    at: str
    text: str


def share(part: float, whole: float) -> str:
    """Return how far ``part`` is on the way to ``whole`` as a number of per cent: ``37.5``."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".")


def scale(most: float, least: float = 0.0) -> list[float]:
    """Return 2 to 6 round figures evenly apart, the first not more than ``least``, the last not less than ``most``."""
    # Figures that differ by less could not be told apart in words.
    step = _step(max(most - least, most / 1000))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    if first == last:
        first, last = (first - 1, last) if last > 0 else (first, last + 1)
    return [round(step * number, 9) for number in range(first, last + 1)]


def counts(most: int) -> list[float]:
    """Return round whole figures from 0 up, the last of them not less than ``most``."""
    return scale(most) if most > 4 else [float(number) for number in range(max(most, 1) + 1)]


def up(values: list[float], texts: list[str]) -> tuple[Tick, ...]:
    """Return the ticks of figures from the foot up."""
    top, span = values[-1], values[-1] - values[0]
    return tuple(Tick(share(top - value, span), text) for value, text in zip(values, texts, strict=True))


def along(start: datetime, end: datetime) -> tuple[Tick, ...]:
    """Return the ticks of round times between ``start`` and ``end``, at most five."""
    stride = next((one for one in _STRIDES if (end - start) / one <= MOST_TIMES), (end - start) / MOST_TIMES)
    ticks = _round(start, end, stride)
    return tuple(Tick(share((at - start) / HOUR, (end - start) / HOUR), moment(at, stride)) for at in ticks)


def moment(at: datetime, stride: timedelta) -> str:
    """Return a time in the fewest words, for ticks that are ``stride`` apart: ``14:00`` or ``16 Nov``."""
    return f"{at:%H:%M}" if stride < DAY else dates.said(at, "short")


def path(values: Sequence[float | None], foot: float, top: float) -> str:
    """Return a line through the middles of equal stretches of time, broken where there is no value."""
    found, begun = [], False
    for number, value in enumerate(values):
        if value is not None:
            x, y = (number + 0.5) * WIDTH / len(values), HEIGHT * (top - value) / (top - foot)
            alone = not begun and (number + 1 == len(values) or values[number + 1] is None)
            # One alone is a dash: a line of no length is not drawn everywhere.
            found.append(f"M{x - 4:.0f} {y:.0f}h8" if alone else f"{'' if begun else 'M'}{x:.0f} {y:.0f}")
        begun = value is not None
    return " ".join(found)


def latencies(values: list[float]) -> list[str]:
    """Return figures of milliseconds in one unit: ``0``, ``200 ms``, ``400 ms``, or ``0``, ``1 s``, ``2 s``."""
    size, unit = (1000, _seconds) if values[-1] >= 2000 else (1, _milliseconds)
    return [unit(f"{value / size:g}") if value else "0" for value in values]


def latency(value: float) -> str:
    """Return one figure of milliseconds as people read it: ``4.2 ms``, ``180 ms``, ``1.24 s``."""
    if value >= 999.5:
        return _seconds(f"{value / 1000:.2f}")
    return _milliseconds(f"{value:.0f}" if value >= 9.95 else f"{value:.1f}")


def _seconds(written: str) -> str:
    return pgettext("length of time", "%(number)s s") % {"number": saying.decimal(written)}


def _milliseconds(written: str) -> str:
    return pgettext("length of time", "%(number)s ms") % {"number": saying.decimal(written)}


def _step(span: float) -> float:
    rough = span / 4 or 1.0
    unit = 10.0 ** math.floor(math.log10(rough))
    return next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= rough * 0.999_999)


def _round(start: datetime, end: datetime, stride: timedelta) -> Iterator[datetime]:
    at = _A_MONDAY + -((_A_MONDAY - start) // stride) * stride
    while at < end:
        yield at
        at += stride
