"""Restrictions as people write them, checked. Pure."""

from __future__ import annotations

import re
from typing import Any

from oncall import written
from oncall.written import Said, Wrong

FIELDS = ("days", "from", "to")
MOST = 50
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def checked(restrictions: object, where: str) -> list[Said]:
    """Return restrictions as they are stored: ``{"days": [0, 4], "from": "09:00", "to": "17:00"}``.

    Monday is 0. Raises :class:`Wrong`.
    """
    return [_one(row, f"{where}: restriction {number}") for number, row in enumerate(_rows(restrictions, where), 1)]


def _rows(restrictions: object, where: str) -> list[Said]:
    try:
        return written.rows(restrictions, "restrictions", MOST)
    except Wrong as wrong:
        raise Wrong(f"{where}: {wrong}") from None


def _one(row: Said, where: str) -> Said:
    written.known(row, FIELDS, where)
    return {"days": _days(row.get("days"), where), "from": _clock(row, "from", where), "to": _clock(row, "to", where)}


def _days(value: object, where: str) -> list[int]:
    if not isinstance(value, list) or not value:
        raise Wrong(f"{where}: days is a list of weekdays, 0 for Monday to 6 for Sunday.")
    return sorted({written.number(each, 0, 6, f"{where}: a day (0 is Monday)") for each in value})


def _clock(row: dict[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise Wrong(f"{where}: {name} is a time of day like 09:00; midnight is 00:00.")
    return value
