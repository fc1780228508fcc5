"""A path into JSON: ``$.parts[0].name`` or ``parts.0.name``. Pure.

Keys and places only: whoever needs filters asks the endpoint for a plainer answer.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, TypeAlias

Steps: TypeAlias = tuple[str | int, ...]

_STEP = re.compile(r"\.?\[(\d{1,9})\]|\.?\[(?:\"([^\"\]]+)\"|'([^'\]]+)')\]|\.?([^.\[\]\"']+)")


class NotAPath(ValueError):
    """The text is no path; the message is a sentence."""


class Missing(LookupError):
    """The document has nothing at that path."""


@lru_cache(maxsize=1024)
def parse(text: str) -> Steps:
    """Return the steps: a key, or a place in a list. Raises :class:`NotAPath`."""
    rest, steps = text.strip().removeprefix("$"), list[str | int]()
    while rest:
        step = _STEP.match(rest)
        if step is None:
            raise NotAPath(f"“{text}” is not a path. Write $.database.status, parts.0.name or $.parts[0].name.")
        place, *keys = step.groups()
        steps.append(int(place) if place else next(filter(None, keys)))
        rest = rest[step.end() :]
    return tuple(steps)


def find(document: Any, steps: Steps) -> Any:
    """Return what stands there. Raises :class:`Missing`."""
    for step in steps:
        document = _into(document, step)
    return document


def _into(document: Any, step: str | int) -> Any:
    if isinstance(document, dict) and str(step) in document:
        return document[str(step)]
    if isinstance(document, list) and str(step).isdecimal() and int(step) < len(document):
        return document[int(step)]
    raise Missing(step)


def equal(value: Any, wanted: str) -> bool:
    """Say whether the value is the one that was typed: as text, or as JSON (``true``, ``3``, ``{"a": 1}``)."""
    if isinstance(value, str) and value == wanted:
        return True
    try:
        parsed = json.loads(wanted)
    except ValueError:
        return False
    return _same(value, parsed)


def _same(one: Any, other: Any) -> bool:
    """Compare as JSON does: Python takes ``True`` for 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
