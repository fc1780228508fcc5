"""Lists within a form, added to and put in order by its buttons: no script is needed. Pure.

A button says what to do and where: ``add:layers``, ``up:layers-0-participants-2``, ``drop:layers-0-restrictions-1``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final

from oncall.written import Said

OFFICE: Final = {"days": [0, 1, 2, 3, 4], "from": "09:00", "to": "17:00"}


def arranged(typed: Said, what: str, new: Mapping[str, Callable[[Said], Any]]) -> Said:
    """Return ``typed`` as a button asks; as it is where the button asks for nothing that there is.

    ``new`` makes, for the name of a list, the entry that is added to it, of all that is typed.
    """
    act, _, where = what.partition(":")
    found = deepcopy(typed)
    steps = where.split("-")
    try:
        if act == "add":
            held = _at(found, steps)
            if isinstance(held, list):
                held.append(new[steps[-1]](found))
        elif act in ("drop", "up"):
            _move(_at(found, steps[:-1]), int(steps[-1]), act)
    except (KeyError, IndexError, ValueError, TypeError):
        return typed
    return found


def _at(typed: Said, steps: list[str]) -> Any:
    held: Any = typed
    for step in steps:
        held = held[int(step)] if isinstance(held, list) else held[step]
    return held


def _move(held: Any, place: int, act: str) -> None:
    if not isinstance(held, list) or not 0 <= place < len(held):
        return
    entry = held.pop(place)
    if act == "up":
        held.insert(max(place - 1, 0), entry)
