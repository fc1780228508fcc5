"""Headers as people type them: a line each, ``Name: value``. Pure."""

from __future__ import annotations

import re

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e]*")
# They say where one request ends and the next begins, or to whom it goes: that is not the user's to tell.
_OURS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect"}
)


class NotHeaders(ValueError):
    """The lines are no headers; the message is a sentence."""


def parse(text: str) -> dict[str, str]:
    """Return values by name; empty lines are passed over. Raises :class:`NotHeaders`."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        name, value = _header(line, number)
        if name.lower() in {known.lower() for known in found}:
            raise NotHeaders(f"Line {number}: “{name}” stands there twice.")
        found[name] = value
    return found


def _header(line: str, number: int) -> tuple[str, str]:
    """A sentence never shows the value: it may be a secret."""
    name, colon, value = line.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _NAME.fullmatch(name):
        raise NotHeaders(f"Line {number} is no header. Write a line each, such as Accept: application/json.")
    if not _VALUE.fullmatch(value):
        raise NotHeaders(f"Line {number}: the value of “{name}” holds a character that a header cannot carry.")
    if name.lower() in _OURS:
        raise NotHeaders(f"Line {number}: “{name}” is set by the check itself. Take the line out.")
    return name, value
