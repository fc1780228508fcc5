"""Shifts with the names of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from oncall.final import Shift
from oncall.people import by_id


@dataclass(frozen=True, slots=True)
class NamedShift:
    """A shift of somebody; ``user`` is their id."""

    start: datetime
    end: datetime
    user: str
    user_name: str
    layer: str


def named(shifts: Iterable[Shift]) -> list[NamedShift]:
    """Return the shifts that somebody has, with their names; an account that was deleted has its id for a name."""
    held = [shift for shift in shifts if shift.user]
    names = {key: str(user) for key, user in by_id(shift.user for shift in held).items()}
    return [
        NamedShift(shift.start, shift.end, shift.user, names.get(shift.user, shift.user), shift.layer) for shift in held
    ]
