"""How long each part of a call took, and which part it is in."""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from typing import Final, NamedTuple

from outbound.failures import Failure

NAME, CONNECT, TLS, WAIT, BODY = "name", "connect", "tls", "wait", "body"

_STUCK: Final = {
    NAME: "its name was not resolved",
    CONNECT: "no connection came about",
    TLS: "no secure connection came about",
    WAIT: "connected, but no answer came",
}


class Timings(NamedTuple):
    """Milliseconds of each part, all redirects together: name, connection, TLS, wait for the head, and all in all."""

    dns: float
    connect: float
    tls: float
    first_byte: float
    total: float


class Stopwatch:
    """Runs through the parts of one call. ``certificate_expires`` is that of the last connection."""

    __slots__ = ("_began", "_since", "certificate_expires", "part", "spent")

    def __init__(self) -> None:
        self._began = self._since = monotonic()
        self.part = NAME
        self.spent = {NAME: 0.0, CONNECT: 0.0, TLS: 0.0, WAIT: 0.0, BODY: 0.0}
        self.certificate_expires: datetime | None = None

    def enter(self, part: str) -> None:
        """End the part it is in, and begin the next."""
        now = monotonic()
        self.spent[self.part] += now - self._since
        self.part, self._since = part, now

    def timings(self) -> Timings:
        """Return what has passed, in ms."""
        name, connect, tls, wait = (1000 * self.spent[part] for part in (NAME, CONNECT, TLS, WAIT))
        return Timings(name, connect, tls, wait, 1000 * (monotonic() - self._began))

    def left(self, timeout: float) -> float:
        """Return the seconds that are left of ``timeout``."""
        return max(0.0, timeout - (monotonic() - self._began))

    def late(self, timeout: float) -> Failure:
        """Return what to say when ``timeout`` seconds are over."""
        if self.part == BODY:
            return Failure("too_slow", f"It began to answer, and did not end within {timeout:g} s.")
        return Failure("timeout", f"Nothing within {timeout:g} s: {_STUCK[self.part]}.")
