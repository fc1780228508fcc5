"""The final schedule: layers and overrides laid over each other. Pure; a sweep over all boundaries, never sampling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from oncall.restrictions import Window, open_times
from oncall.rotation import Rotation

OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Layer:
    """A rotation that counts inside its windows; without windows always."""

    name: str
    rotation: Rotation
    limits: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """An override: ``user`` is on call in ``[start, end)`` whatever the layers say."""

    start: datetime
    end: datetime
    user: str


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on call in ``[start, end)``, UTC. ``user`` is an id, empty for a gap.

    ``layer`` is the name of the layer, ``override``, or empty for a gap.
    """

    start: datetime
    end: datetime
    user: str
    layer: str


def final(layers: Sequence[Layer], overrides: Sequence[Cover], start: datetime, end: datetime) -> list[Shift]:
    """Return who is on call in ``[start, end)``, in order, without holes: where nobody is, a shift without user.

    The first layer is the highest: lower ones show through its gaps. Overrides beat layers, and the last of them,
    being the newest, the others. A turn that continues stays one shift; the next turn of the same person is another.
    """
    strands = [
        *([Shift(each.start, each.end, each.user, OVERRIDE)] for each in reversed(overrides)),
        *(list(_pieces(layer, start, end)) for layer in layers),
    ]
    return _joined(_swept(strands, start, end))


def merged(shifts: Iterable[Shift]) -> list[Shift]:
    """Return shifts with adjoining ones of one person as one, which has the first one's layer."""
    kept: list[Shift] = []
    for shift in shifts:
        if kept and kept[-1].end == shift.start and kept[-1].user == shift.user:
            kept[-1] = _until(kept[-1], shift.end)
        else:
            kept.append(shift)
    return kept


def _pieces(layer: Layer, start: datetime, end: datetime) -> Iterator[Shift]:
    """Yield a layer's turns, cut by its windows, in order."""
    inside = open_times(layer.limits, layer.rotation.zone, start, end)
    here = next(inside, None)
    for turn in layer.rotation.turns(start, end):
        while here is not None and here[0] < turn.end:
            begins, ends = max(turn.start, here[0]), min(turn.end, here[1])
            if begins < ends:
                yield Shift(begins, ends, turn.participant, layer.name)
            if here[1] > turn.end:
                break
            here = next(inside, None)


def _swept(strands: Sequence[Sequence[Shift]], start: datetime, end: datetime) -> Iterator[tuple[Shift, Shift | None]]:
    """Yield each stretch between two boundaries, and the piece that it was cut from, ``None`` for a gap."""
    edges = {edge for strand in strands for piece in strand for edge in (piece.start, piece.end)}
    inner = [start, *sorted(edge for edge in edges if start < edge < end), end]
    places = [0] * len(strands)
    for begins, ends in pairwise(inner):
        source = _highest(strands, places, begins)
        user, layer = (source.user, source.layer) if source else ("", "")
        if begins < ends:
            yield Shift(begins, ends, user, layer), source


def _highest(strands: Sequence[Sequence[Shift]], places: list[int], at: datetime) -> Shift | None:
    """Return the piece of the first strand that has one at ``at``; ``places`` remembers how far each has come."""
    for number, strand in enumerate(strands):
        while places[number] < len(strand) and strand[places[number]].end <= at:
            places[number] += 1
        if places[number] < len(strand) and strand[places[number]].start <= at:
            return strand[places[number]]
    return None


def _joined(stretches: Iterable[tuple[Shift, Shift | None]]) -> list[Shift]:
    """Join what was cut only by a boundary of something underneath."""
    kept: list[Shift] = []
    last: Shift | None = None
    for shift, source in stretches:
        if kept and source is last:
            kept[-1] = _until(kept[-1], shift.end)
        else:
            kept.append(shift)
        last = source
    return kept


def _until(shift: Shift, end: datetime) -> Shift:
    return Shift(shift.start, end, shift.user, shift.layer)
