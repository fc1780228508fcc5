"""Figures of weeks (or days, or months) as bars or as a line, and as a table. Pure: no database, no clock, UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.graphs.axis import Tick, counts, path, scale, share, up

# So many bars have room for a date each below them on a telephone.
DATED = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """The figure of the time that begins on ``start``; ``None``: there was nothing to measure."""

    start: date
    value: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, all in per cent of the way; ``middle`` is where its figure stands."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of a line, in per cent of the way."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn, and what it says in words; ``bars``, or ``path`` and ``dots``.

    ``rows`` are the table: when it began, and the figure in words (empty: nothing to measure). ``what`` heads them.
    """

    label: str
    what: str
    up: tuple[Tick, ...]
    along: tuple[Tick, ...]
    rows: tuple[tuple[date, str], ...]
    bars: tuple[Bar, ...] = ()
    path: str = ""
    dots: tuple[Dot, ...] = ()


def bars(spots: Sequence[Spot], *, what: str, each: str = "week") -> Trend:
    """Draw whole numbers as bars; ``what`` is counted (``Incidents``), ``each`` says of what time."""
    values = counts(int(max((spot.value or 0 for spot in spots), default=0)))
    words = [f"{spot.value or 0:,.0f}" for spot in spots]
    return Trend(
        label=f"{what} by {each}: {_in_words(spots, words)}",
        what=what,
        up=up(values, [f"{value:,.0f}" for value in values]),
        along=_dates(spots),
        rows=tuple((spot.start, text) for spot, text in zip(spots, words, strict=True)),
        bars=tuple(_bars(spots, words, values[-1])),
    )


def line(spots: Sequence[Spot], *, what: str, words: Callable[[float], str], each: str = "week") -> Trend:
    """Draw measures as a line, broken where there is none; ``words`` writes one with its unit.

    The foot is not nought where all values are far from it: 99.9 and 99.5 % are to be told apart.
    """
    seen = [spot.value for spot in spots if spot.value is not None] or [0.0]
    far = min(seen) > max(seen) / 2
    values = scale(max(seen), min(seen) if far else 0.0)
    texts = ["" if spot.value is None else words(spot.value) for spot in spots]
    dots = [_dot(number, len(spots), spot.value, values) for number, spot in enumerate(spots)]
    return Trend(
        label=f"{what} by {each}: {_in_words(spots, texts)}",
        what=what,
        up=up(values, [words(value) for value in values]),
        along=_dates(spots),
        rows=tuple((spot.start, text) for spot, text in zip(spots, texts, strict=True)),
        path=path([spot.value for spot in spots], values[0], values[-1]),
        dots=tuple(dot for dot in dots if dot),
    )


def _bars(spots: Sequence[Spot], words: Sequence[str], top: float) -> Iterator[Bar]:
    whole = len(spots)
    for number, (spot, text) in enumerate(zip(spots, words, strict=True)):
        value = spot.value or 0
        yield Bar(
            x=share(number + 0.15, whole),
            y=share(top - value, top),
            width=share(0.7, whole),
            height=share(value, top),
            middle=share(number + 0.5, whole),
            text=text,
        )


def _dot(number: int, whole: int, value: float | None, scale: Sequence[float]) -> Dot | None:
    if value is None:
        return None
    return Dot(share(number + 0.5, whole), share(scale[-1] - value, scale[-1] - scale[0]))


def _dates(spots: Sequence[Spot]) -> tuple[Tick, ...]:
    every = -(-len(spots) // DATED)
    return tuple(
        Tick(share(number + 0.5, len(spots)), f"{spot.start.day} {spot.start:%b}")
        for number, spot in enumerate(spots)
        if number % every == 0
    )


def _in_words(spots: Sequence[Spot], words: Sequence[str]) -> str:
    seen = [(spot.value, spot.start, text) for spot, text in zip(spots, words, strict=True) if spot.value is not None]
    if not seen:
        return "nothing to measure."
    (_, least_on, least), (_, most_on, most) = min(seen), max(seen)
    if least == most:
        return f"{most} throughout."
    return f"from {least} ({least_on.day} {least_on:%b}) to {most} ({most_on.day} {most_on:%b}), lately {seen[-1][2]}."
