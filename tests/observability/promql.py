"""As much of PromQL as it takes to say which figures a query asks for, and by which labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_RANGE = re.compile(r"\[[^\]]*\]")
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^()]*)\)")
_SELECTOR = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{[^{}]*\})?\s*(\()?")
_LABEL = re.compile(r"([a-zA-Z_][a-zA-Z0-9_]*)\s*(?:=~|!~|!=|=)")
_NUMBER = re.compile(r"\b[0-9][0-9.]*(?:ms|[smhdwy])?\b")
_WORDS = {"and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that a query asks for, and the labels by which it is chosen."""

    name: str
    labels: frozenset[str]


def asked(query: str) -> Iterator[Asked]:
    """Yield each figure of a query."""
    bare = _GROUPING.sub(" ", _NUMBER.sub(" ", _RANGE.sub(" ", _TEXT.sub('""', query))))
    for name, matchers, opens in _SELECTOR.findall(bare):
        if not opens and name not in _WORDS:
            yield Asked(name, frozenset(_LABEL.findall(matchers)))


def grouped(query: str) -> set[str]:
    """Return the labels by which a query groups or joins."""
    return {label.strip() for labels in _GROUPING.findall(_TEXT.sub('""', query)) for label in labels.split(",")}
