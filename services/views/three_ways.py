"""Two edits of one thing put together: who comes second keeps what they changed, and sees the rest as it was saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder

Said = dict[str, Any]
# The hidden field by which what an editor read comes back.
BEGAN: Final = "initial-said"


def written(said: Mapping[str, Any]) -> str:
    """Return what an editor read, to be sent back with what they typed."""
    return json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)


def read(text: str) -> Said:
    """Return what an editor read; nothing where that was not sent, and then all that they typed is theirs."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def put_together(base: Any, theirs: Said, mine: Said) -> Said:
    """Return ``theirs``, what was saved meanwhile, with what ``mine`` changed of ``base``, what its editor read."""
    known = base if isinstance(base, dict) else {}
    return {name: _one(known.get(name), theirs.get(name), value) for name, value in mine.items()}


def _one(base: Any, theirs: Any, mine: Any) -> Any:
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    return _rows(base, theirs, mine) if _in_place(base, theirs, mine) else mine


def _rows(base: list[Said], theirs: list[Said], mine: list[Said]) -> list[Said]:
    return [put_together(*three) for three in zip(base, theirs, mine, strict=True)]


def _in_place(base: Any, theirs: Any, mine: Any) -> bool:
    """Say whether all three are the same rows in one order, so that each can be put together by itself."""
    if not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in (base, theirs, mine)):
        return False
    return len(base) == len(theirs) == len(mine) and not (_moved(base, theirs) or _moved(base, mine))


def _moved(base: Sequence[Said], now: Sequence[Said]) -> bool:
    """Say whether a row stands where another did: which row is which nobody could tell."""
    names = [_key(row) for row in base]
    return any(_key(row) != name and _key(row) in names for row, name in zip(now, names, strict=True))


def _key(row: Said) -> Any:
    return row.get("name", row.get("targets"))
