"""Lengths of time in words, in the console and in public alike. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache, lru_cache
from itertools import pairwise

from django.utils.translation import ngettext, npgettext, pgettext

from services.saying import language

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def duration(length: timedelta) -> str:
    """Return a length of time in its largest unit and the next: ``2 d 4 h``, ``1 h 5 min``, ``1 h``, ``40 s``.

    From ten minutes on seconds are not told.
    """
    seconds = max(0, int(length.total_seconds()))
    return _duration(language(), seconds - seconds % 60 if seconds >= 600 else seconds)


def in_days(days: int) -> str:
    """Return a number of days in words."""
    return _in_days(language(), days)


@cache
def _in_days(_spoken: str, days: int) -> str:
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


@lru_cache(maxsize=4096)
def _duration(spoken: str, seconds: int) -> str:
    words = _words(spoken)
    for (unit, size), (below, smaller) in pairwise(_UNITS):
        if seconds >= size:
            number, rest = divmod(seconds, size)
            first = _days(number) if unit == "d" else words[unit] % {"number": number}
            if rest < smaller:
                return first
            return words["both"] % {"longer": first, "shorter": words[below] % {"number": rest // smaller}}
    return words["s"] % {"number": seconds}


def _days(number: int) -> str:
    return npgettext("length of time", "%(number)s d", "%(number)s d", number) % {"number": number}


@cache
def _words(_spoken: str) -> Mapping[str, str]:
    return {
        "h": pgettext("length of time", "%(number)s h"),
        "min": pgettext("length of time", "%(number)s min"),
        "s": pgettext("length of time", "%(number)s s"),
        "both": pgettext("length of time", "%(longer)s %(shorter)s"),
    }
