"""Which overrides do not hold, or not all along, because newer ones lie over them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oncall.final import OVERRIDE, Cover, final

if TYPE_CHECKING:
    from oncall.models import Override


@dataclass(frozen=True, slots=True)
class Standing:
    """An override, and by whom it is overruled: ``wholly`` where no time of it is left to its person."""

    override: Override
    by: tuple[str, ...] = ()
    wholly: bool = False


def standings(overrides: Iterable[Override]) -> list[Standing]:
    """Return overrides in their order, each with those that newer ones put on call in its place."""
    found = list(overrides)
    return [_standing(each, [other for other in found if other.number > each.number]) for each in found]


def _standing(override: Override, newer: Sequence[Override]) -> Standing:
    lying = [other for other in newer if other.start < override.end and other.end > override.start]
    names = tuple(dict.fromkeys(str(other.user) for other in lying))
    laid = [Cover(other.start, other.end, str(other.user_id)) for other in lying]
    holds = any(shift.layer != OVERRIDE for shift in final([], laid, override.start, override.end))
    return Standing(override, names, bool(lying) and not holds)
