"""Layers, hours and steps as people say them. Pure: names are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, Final

from oncall.severities import CHOICES, SEVERITIES

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# What an account that was deleted is called.
GONE: Final = "Somebody who left"
# Minutes of an hour.
_HOUR: Final = 60


def turns(layer: Mapping[str, Any]) -> str:
    """Return how a stored layer hands over: ``Every 2 weeks, as on Mon 2 Mar 2026 at 09:00``."""
    start = datetime.fromisoformat(layer["start"])
    unit, length = layer["unit"], layer["length"]
    every = f"Every {unit.removesuffix('s')}" if length == 1 else f"Every {length} {unit}"
    return f"{every}, as on {start:%a} {start.day} {start:%b %Y} at {start:%H:%M}"


def hours(restrictions: Iterable[Mapping[str, Any]]) -> str:
    """Return windows of the week: ``Mon to Fri 09:00 to 17:00``; empty for always."""
    return "; ".join(f"{days(each['days'])} {each['from']} to {each['to']}" for each in restrictions)


def days(numbers: Sequence[int]) -> str:
    """Return days of the week: ``Mon to Fri``, ``Sat, Sun``, ``every day``."""
    if len(numbers) == len(DAYS):
        return "every day"
    runs = [
        [number for _, number in run] for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(_run(run) for run in runs)


def layer(said: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return a layer in a line: its name, its turns, who takes part in which order, and when it counts."""
    people = ", ".join(names.get(person, GONE.lower()) for person in said["participants"]) or "nobody"
    limits = hours(said["restrictions"])
    every = turns(said)
    return f"{said['name']}: {every[0].lower()}{every[1:]}; {people}" + (f"; {limits}" if limits else "")


def minutes(number: int) -> str:
    """Return a span: ``5 min``, ``1 h``, ``1 h 30 min``."""
    whole, rest = divmod(number, _HOUR)
    return " ".join(part for part in (f"{whole} h" if whole else "", f"{rest} min" if rest else "") if part) or "0 min"


def worse_than(severity: str) -> str:
    """Return which severities a policy is for: ``SEV2 and worse``."""
    label = dict(CHOICES).get(severity, "")
    if severity == SEVERITIES[0]:
        return f"{label} alone"
    return f"{label} and worse" if label else "Every severity"


def policy(steps: Sequence[Mapping[str, Any]], repeat: int, names: Mapping[str, str]) -> str:
    """Return what a policy does, as a sentence: ``First whoever is on call by “Web”; after 5 min Ben, until …``."""
    parts = [f"First {targets(steps[0], names)}"] if steps else []
    parts += [f"after {minutes(before['delay'])} {targets(step, names)}" for before, step in pairwise(steps)]
    again = {0: "", 1: ", then all of it once more"}
    more = again.get(repeat, f", then all of it {repeat} times more")
    return "; ".join(parts) + f"{more}, until somebody acknowledges."


def targets(step: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return whom a step tells. ``names`` are those of schedules, people and channels by id."""
    said = [target(each, names) for each in step["targets"]]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + f" and {said[-1]}"


def target(said: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return whom one target tells: ``whoever is on call by “Web”``, ``Ben``."""
    kind, identity = next(iter(said.items()))
    name = names.get(identity)
    if name is None:
        return {"schedule": "a schedule that is gone", "channel": "a channel that is gone"}.get(kind, GONE.lower())
    return {"schedule": f"whoever is on call by “{name}”", "channel": f"the channel “{name}”"}.get(kind, name)


def _run(run: Sequence[int]) -> str:
    if len(run) > 2:
        return f"{DAYS[run[0]]} to {DAYS[run[-1]]}"
    return ", ".join(DAYS[number] for number in run)
