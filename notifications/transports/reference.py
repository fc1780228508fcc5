"""The tables of ``docs/channels.md`` that come from the code. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from notifications.transports.codes import CODES
from notifications.transports.kinds import KINDS
from services.probes.options import Option


def kinds() -> str:
    """Return a row for each kind that a channel can have: what it is, and what it can be told."""
    offered = [transport for transport in KINDS.values() if transport.for_channels]
    rows = ([f"`{each.kind}`", each.label, each.about, _options(each.options)] for each in offered)
    return _table(["kind", "called", "what it is", "options"], rows)


def codes() -> str:
    """Return a row for each reason that a delivery can have failed for."""
    return _table(["code", "what happened"], ([f"`{name}`", about] for name, about in CODES.items()))


def _options(options: Iterable[Option]) -> str:
    return ", ".join(f"`{option.name}`{_mark(option)}" for option in options)


def _mark(option: Option) -> str:
    return "".join(sign for sign, is_so in (("*", option.required), (" (secret)", option.secret)) if is_so)


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
