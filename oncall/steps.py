"""The steps of an escalation policy as people write them, checked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from oncall import written
from oncall.written import Said, Wrong

FIELDS = ("delay", "targets")
KINDS = ("schedule", "user", "channel")
MOST, MOST_TARGETS = 20, 20
# In minutes; a step that waits longer than a day has forgotten somebody.
LONGEST_DELAY = 24 * 60
DELAY = 5


def checked(steps: object) -> list[Said]:
    """Return steps as they are stored: ``{"delay": 5, "targets": [{"schedule": "…"}, {"user": "…"}]}``.

    ``delay`` is in minutes, until the next step. Raises :class:`Wrong`.
    """
    rows = written.rows(steps, "steps", MOST)
    if not rows:
        raise Wrong("A policy needs at least one step.")
    return [_step(row, f"Step {number}") for number, row in enumerate(rows, 1)]


def targets(steps: Sequence[Mapping[str, Any]], kind: str) -> Iterator[tuple[int, str]]:
    """Yield, of stored steps, the number of the step and the id of each target of one kind."""
    for number, step in enumerate(steps, 1):
        yield from ((number, target[kind]) for target in step["targets"] if kind in target)


def _step(row: Said, where: str) -> Said:
    written.known(row, FIELDS, where)
    return {
        "delay": written.number(row.get("delay", DELAY), 1, LONGEST_DELAY, f"{where}: delay, in minutes,"),
        "targets": _targets(row.get("targets"), where),
    }


def _targets(value: object, where: str) -> list[Said]:
    if not isinstance(value, list) or not value:
        raise Wrong(f"{where} has nobody to tell. Add a schedule, a person or a channel to its targets.")
    if len(value) > MOST_TARGETS:
        raise Wrong(f"{where}: not more than {MOST_TARGETS} targets.")
    found = [_target(each, f"{where}, target {number}") for number, each in enumerate(value, 1)]
    if twice := next((each for each in found if found.count(each) > 1), None):
        raise Wrong(f"{where} names one {next(iter(twice))} twice.")
    return found


def _target(value: object, where: str) -> Said:
    if not isinstance(value, Mapping) or len(value) != 1 or next(iter(value)) not in KINDS:
        raise Wrong(f'{where} is an object with one of {", ".join(KINDS)}, like {{"user": "<id>"}}.')
    kind, named = next(iter(value.items()))
    return {kind: written.identity(named, where)}
