"""Whether a heartbeat's kind, target and options make sense: the one rule for the API and the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from services.probes.kinds import KINDS
from services.probes.options import Value
from services.probes.probe import Probe

if TYPE_CHECKING:
    from outbound import Guard


def clean(kind: str, target: str, options: Mapping[str, Any], guard: Guard) -> dict[str, Value]:
    """Return all options of the kind, those not typed with their default.

    Raises ``ValidationError`` by field: ``kind``, ``url``, ``options``, ``options.method`` and so on. Addresses that
    checks must not reach are refused here as far as they show; names are looked at again at each check.
    """
    probe = KINDS.get(kind)
    if probe is None:
        raise ValidationError({"kind": f"“{kind}” is no kind of heartbeat. Use one of: {', '.join(KINDS)}."})
    wrong: dict[str, list[str]] = {}
    _check_target(probe, target, guard, wrong)
    values = _options(probe, options, guard, wrong)
    if wrong:
        raise ValidationError(wrong)
    return values


def _check_target(probe: Probe, typed: str, guard: Guard, wrong: dict[str, list[str]]) -> None:
    try:
        probe.target.check(typed.strip(), guard)
    except ValidationError as error:
        wrong["url"] = error.messages


def _options(probe: Probe, typed: Mapping[str, Any], guard: Guard, wrong: dict[str, list[str]]) -> dict[str, Value]:
    _refuse_unknown(probe, typed, wrong)
    values: dict[str, Value] = {}
    for option in probe.options:
        try:
            values[option.name] = option.read(typed.get(option.name))
        except ValidationError as error:
            wrong[f"options.{option.name}"] = error.messages
    if len(values) == len(probe.options):
        wrong.update({f"options.{name}": [sentence] for name, sentence in probe.agree(values, guard).items()})
    return values


def _refuse_unknown(probe: Probe, typed: Mapping[str, Any], wrong: dict[str, list[str]]) -> None:
    names = [option.name for option in probe.options]
    known = f"They are: {', '.join(names)}." if names else "It has none."
    strange = [f"“{name}” is not an option of the kind {probe.kind}. {known}" for name in typed if name not in names]
    if strange:
        wrong["options"] = strange
