"""Lengths of time in words, in the console and in public alike. Pure."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def duration(length: timedelta) -> str:
    """Return a length of time in its largest unit and the next: ``2 d 4 h``, ``1 h 5 min``, ``1 h``, ``40 s``.

    From ten minutes on seconds are not told.
    """
    seconds = max(0, int(length.total_seconds()))
    if seconds >= 600:
        seconds -= seconds % 60
    for (unit, size), (below, smaller) in pairwise(_UNITS):
        if seconds >= size:
            number, rest = divmod(seconds, size)
            return f"{number} {unit} {rest // smaller} {below}" if rest >= smaller else f"{number} {unit}"
    return f"{seconds} s"
