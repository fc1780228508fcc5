"""Whether the targets of steps are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from accounts.models import User
from oncall import channels, steps
from oncall.models.schedule import Schedule
from oncall.written import Wrong

Steps = Sequence[Mapping[str, Any]]
_MISSING = {
    "schedule": "there is no schedule {}.",
    "user": "there is no user {}, or the account is deactivated.",
    "channel": "there is no channel {} that is switched on and told of internal things.",
}


def refuse_unknown(said: Steps, was: Steps) -> None:
    """Raise :class:`Wrong` for the first target that cannot be told; what the steps named before may stay."""
    for kind, missing in _MISSING.items():
        stood = {target for _, target in steps.targets(was, kind)}
        new = [(number, target) for number, target in steps.targets(said, kind) if target not in stood]
        there = _there(kind, {target for _, target in new}) if new else set()
        for number, target in new:
            if target not in there:
                raise Wrong(f"Step {number}: {missing.format(target)}")


def _there(kind: str, targets: Collection[str]) -> set[str]:
    if kind == "channel":
        return set(channels.all_names())
    if kind == "user":
        return {str(pk) for pk in User.objects.filter(pk__in=targets, is_active=True).values_list("pk", flat=True)}
    # Held, so that none is deleted before the policy that names it stands.
    held = Schedule.objects.filter(pk__in=targets).select_for_update(no_key=True).order_by("pk")
    return {str(pk) for pk in held.values_list("pk", flat=True)}
