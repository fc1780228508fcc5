"""What an event changed, in words that fit on a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NOTHING = "none"
LONG = 40
# Fields that hold one of a list of choices.
CHOSEN = ("status", "severity", "role", "impact", "manual_status")
# More than these and a line is no summary any more.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an event changed.

    ``field`` is empty where the kind of event says it already; ``before`` is None where the thing is new, ``after``
    where it is gone.
    """

    field: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        moved = f"{_short(self.before or NOTHING)} → {_short(self.after or NOTHING)}"
        return f"{self.field}: {moved}" if self.field else moved

    @property
    def is_short(self) -> bool:
        """Say whether the line holds the whole."""
        return max(len(self.before or ""), len(self.after or "")) <= LONG

    @property
    def is_move(self) -> bool:
        """Say whether it leads from something to something."""
        return self.before is not None and self.after is not None


def changes_of(data: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the move from ``old`` to ``new`` that an event's data tells of, then the fields that it changed."""
    return _moved(data) + [
        Change(name.replace("_", " "), _of(before, name), _of(after, name)) for name in dict.fromkeys([*before, *after])
    ]


def _moved(data: Mapping[str, Any]) -> list[Change]:
    if not {"old", "new"} <= data.keys():
        return []
    if "rule" in data and data["old"] == data["new"]:
        # Only how time counts has changed.
        return [Change("time counts as", None, words(data["rule"]))]
    return [Change("", words(data["old"]), words(data["new"]))]


def in_brief(changes: list[Change]) -> str:
    """Return one line: ``Operational → Partial outage``, ``owner: Ann → Bob; name: Shop → Store``.

    What was made or deleted has fields, but none that moved: the line is empty.
    """
    moves = [change for change in changes if change.is_move]
    more = [f"{len(moves) - NAMED} more"] if len(moves) > NAMED else []
    return "; ".join([*map(str, moves[:NAMED]), *more])


def is_whole(changes: list[Change]) -> bool:
    """Say whether the line leaves nothing out."""
    return len(changes) <= NAMED and all(change.is_move and change.is_short for change in changes)


def words(value: object) -> str:
    """Return a value of a list of choices as pages write it: ``partial_outage`` → ``Partial outage``."""
    return str(value).replace("_", " ").capitalize()


def text(value: object) -> str:
    """Return a stored value as people write it."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _listed(f"{name} ({words(held).lower()})" for name, held in value.items())
    return _listed(map(text, value)) if isinstance(value, list) else str(value)


def _of(fields: Mapping[str, Any], name: str) -> str | None:
    if name not in fields:
        return None
    value = fields[name]
    return words(value) if value and name in CHOSEN else text(value)


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= LONG else f"{line[: LONG - 1].rstrip()}…"
