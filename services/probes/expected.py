"""Which HTTP statuses are expected: ``200``, ``200-299``, ``2xx``, ``200,204``. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"([1-5])xx|(\d{3})(?:-(\d{3}))?", re.ASCII | re.IGNORECASE)


class NotStatuses(ValueError):
    """The text does not say which statuses; the message is a sentence."""


@lru_cache(maxsize=1024)
def statuses(text: str) -> frozenset[int]:
    """Return the numbers that ``text`` names. Raises :class:`NotStatuses`."""
    return frozenset().union(*(_part(part.strip()) for part in text.split(",")))


def _part(text: str) -> frozenset[int]:
    found = _PART.fullmatch(text)
    if found is None:
        raise NotStatuses(f"“{text}” is not a status. Write 200, 200-299, 2xx, or several with commas: 200,204.")
    family, first, last = found.groups()
    low, high = (int(family) * 100, int(family) * 100 + 99) if family else (int(first), int(last or first))
    if not 100 <= low <= high <= 599:
        raise NotStatuses(f"“{text}” holds no status: they go from 100 to 599, the lower one first.")
    return frozenset(range(low, high + 1))
