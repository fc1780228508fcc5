"""Whether a channel's kind and options make sense: the one rule for the API and the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from notifications.transports.kinds import KINDS
from notifications.transports.secrets import filled_in
from notifications.transports.transport import Transport
from services.probes.options import Value

if TYPE_CHECKING:
    from outbound import Guard


@dataclass(frozen=True, slots=True)
class Cleaned:
    """All options of the kind: those to keep as they are, and those to seal."""

    options: dict[str, Value]
    secrets: dict[str, str]


def clean(
    kind: str, typed: Mapping[str, Any], guard: Guard, *, was: Mapping[str, Any], held: Mapping[str, str]
) -> Cleaned:
    """Return the options, those not typed with their default; ``was`` and ``held`` are what stood before.

    Raises ``ValidationError`` by field: ``kind``, ``options``, ``options.url`` and so on. Addresses that must not be
    reached are refused here as far as they show; names are looked at again at each message.
    """
    transport = KINDS.get(kind)
    if transport is None or not transport.for_channels:
        known = ", ".join(name for name, each in KINDS.items() if each.for_channels)
        raise ValidationError({"kind": f"“{kind[:40]}” is no kind of channel. Use one of: {known}."})
    wrong: dict[str, list[str]] = {}
    values = _values(transport, filled_in(transport, typed, was, held), guard, wrong)
    if wrong:
        raise ValidationError(wrong)
    secret = {option.name for option in transport.options if option.secret}
    return Cleaned(
        {name: value for name, value in values.items() if name not in secret},
        {name: str(value) for name, value in values.items() if name in secret},
    )


def _values(
    transport: Transport, typed: Mapping[str, Any], guard: Guard, wrong: dict[str, list[str]]
) -> dict[str, Value]:
    names = [option.name for option in transport.options]
    strange = [name for name in typed if name not in names]
    if strange:
        known = ", ".join(names)
        wrong["options"] = [f"“{str(name)[:40]}” is not an option of {transport.kind}: {known}." for name in strange]
    values: dict[str, Value] = {}
    for option in transport.options:
        try:
            values[option.name] = option.read(typed.get(option.name))
        except ValidationError as error:
            wrong[f"options.{option.name}"] = error.messages
    if len(values) == len(names):
        wrong.update({f"options.{name}": [said] for name, said in transport.agree(values, guard).items()})
    return values
