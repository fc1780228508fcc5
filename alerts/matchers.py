"""Which labels a silence names, as people write it: ``env = test``, a line each; ``!=`` for what must not be. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from alerts.limits import MESSAGE

Matcher: TypeAlias = dict[str, Any]
MOST = 20
_NAME = 200
_LINE = re.compile(r"([^=!]+?)\s*(!?=)\s*(.*)", re.DOTALL)


def write(matchers: Iterable[Mapping[str, Any]]) -> str:
    """Return the lines that :func:`read` understands."""
    return "\n".join(
        f"{one['name']} {'=' if one.get('equal', True) else '!='} {_quoted(one['value'])}" for one in matchers
    )


def of_labels(labels: Mapping[str, str]) -> list[Matcher]:
    """Return what names alerts with these labels."""
    return [{"name": name, "value": value, "equal": True} for name, value in sorted(labels.items())]


def read(text: str) -> list[Matcher]:
    """Return the matchers of the lines; empty ones say nothing. Raises ``ValueError`` with a sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise ValueError(f"Give at most {MOST} labels.")
    return [_read(line) for line in lines]


def _read(line: str) -> Matcher:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"“{line[:60]}” names no label. Write “name = value” or “name != value”, one a line.")
    name, sign, said = found[1].strip(), found[2], _unquoted(found[3])
    if len(name) > _NAME or len(said) > MESSAGE:
        raise ValueError(f"“{name[:60]}” is too long: names have at most {_NAME} characters, values {MESSAGE}.")
    return {"name": name, "value": said, "equal": sign == "="}


def _quoted(value: str) -> str:
    plain = value == value.strip() and value.isprintable() and not value.startswith('"')
    return value if plain else json.dumps(value, ensure_ascii=False)


def _unquoted(said: str) -> str:
    if not (len(said) > 1 and said.startswith('"') and said.endswith('"')):
        return said
    try:
        return str(json.loads(said))
    except ValueError:
        return said
