"""What one check gave."""

from __future__ import annotations

from dataclasses import dataclass

from services.probes.codes import CODES, Lead

# As long as the column that keeps it.
DETAIL = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check gave. Latency in ms; ``None`` where nothing answered.

    ``code`` is a word of :data:`services.probes.codes.CODES`, empty where there is nothing to say. ``detail`` is a
    short sentence for people and never holds what the target sent, apart from its status number.
    """

    ok: bool
    latency_ms: float | None = None
    code: str = ""
    detail: str = ""
    # A success that is degraded all the same: a certificate that ends soon.
    warn: bool = False
    # A failure that no second check can contradict: the watched job said so itself, or is late. It is down at once.
    certain: bool = False


def passed(latency_ms: float | None, detail: str = "") -> Outcome:
    """Return a success."""
    return Outcome(True, latency_ms, detail=detail[:DETAIL])


def warned(code: str, detail: str, latency_ms: float | None = None) -> Outcome:
    """Return a success that is degraded."""
    return Outcome(True, latency_ms, code, detail[:DETAIL], warn=CODES[code].leads is Lead.WARNING)


def failed(code: str, detail: str, latency_ms: float | None = None) -> Outcome:
    """Return a failure; the table of codes says whether it is certain."""
    return Outcome(False, latency_ms, code, detail[:DETAIL], certain=CODES[code].leads is Lead.AT_ONCE)
