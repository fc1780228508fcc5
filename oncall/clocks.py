"""What the next change of clocks does to hand-offs. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from services.maintenance.wall import instant, is_repeated, is_skipped, spoken, wall

AHEAD: Final = 200
DAY: Final = timedelta(days=1)


def warnings(layers: Sequence[Mapping[str, Any]], zone: ZoneInfo, now: datetime) -> list[str]:
    """Return sentences about the next change within some 200 days; none where clocks never change."""
    day = next(_changes(zone, wall(now, zone).date()), None)
    if day is None or not layers:
        return []
    told = list(dict.fromkeys(said for layer in layers for said in _odd(layer, day, zone)))
    return [_change(day, zone), *told]


def _changes(zone: ZoneInfo, first: date) -> Iterator[date]:
    for count in range(AHEAD):
        day = first + count * DAY
        if _midnight(day + DAY, zone) - _midnight(day, zone) != DAY:
            yield day


def _change(day: date, zone: ZoneInfo) -> str:
    length = _midnight(day + DAY, zone) - _midnight(day, zone)
    way, turn = ("forward", "shorter") if length < DAY else ("back", "longer")
    by = spoken(abs(length - DAY))
    return (
        f"Clocks in {zone} go {way} by {by} on {_named(day)}. Hand-offs stay at their time on the wall: "
        f"the turn across it is {by} {turn}."
    )


def _odd(layer: Mapping[str, Any], day: date, zone: ZoneInfo) -> Iterator[str]:
    shown = datetime.combine(day, datetime.fromisoformat(layer["start"]).time())
    if is_skipped(shown, zone):
        really = wall(instant(shown, zone), zone)
        said = f"{shown:%H:%M} does not happen on {_named(day)}"
        yield f"{said}: a hand-off of “{layer['name']}” that day is at {really:%H:%M}."
    elif is_repeated(shown, zone):
        yield f"{shown:%H:%M} happens twice on {_named(day)}: a hand-off of “{layer['name']}” that day is at the first."


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, datetime.min.time()), zone)


def _named(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
