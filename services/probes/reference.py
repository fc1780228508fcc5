"""The tables of ``docs/healthchecks.md`` that come from the code. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from services.probes.codes import CODES
from services.probes.kinds import KINDS
from services.probes.options import Option
from services.probes.thresholds import Policy


def kinds() -> str:
    """Return a row for each kind: what it finds, and what it can be told."""
    rows = ([f"`{probe.kind}`", probe.label, probe.about, _options(probe.options)] for probe in KINDS.values())
    return _table(["kind", "called", "is up when", "options"], rows)


def thresholds() -> str:
    """Return what is counted, and to how many."""
    policy = Policy()
    rows = [
        ["degraded after so many failures in a row", "`degraded_after`", str(policy.degraded_after)],
        ["major outage after so many failures in a row", "`down_after`", str(policy.down_after)],
        ["operational again after so many successes in a row", "`recover_after`", str(policy.recover_after)],
        ["degraded when slower than so many ms", "`latency_threshold_ms`", "not set"],
    ]
    return _table(["", "field", "default"], rows)


def codes() -> str:
    """Return a row for each result: what happened, and what it leads to."""
    return _table(
        ["code", "what happened", "leads to"], ([f"`{name}`", code.about, code.leads] for name, code in CODES.items())
    )


def _options(options: Iterable[Option]) -> str:
    return ", ".join(f"`{option.name}`" for option in options) or "none"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
