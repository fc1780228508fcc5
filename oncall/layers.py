"""Layers as they are written down: checked, and made into something that can be asked. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final
from zoneinfo import ZoneInfo

from oncall import hours, written
from oncall.final import OVERRIDE, Layer
from oncall.restrictions import windows
from oncall.rotation import STEPS, UNITS, Rotation
from oncall.written import Said, Wrong

FIELDS = ("name", "start", "unit", "length", "participants", "restrictions")
MOST, MOST_PARTICIPANTS, LONGEST = 20, 200, 1000
DAY: Final = timedelta(days=1)
# Turns and windows a day, of all layers: more would take seconds to draw.
HEAVIEST: Final = 200
MONTH: Final = timedelta(days=28)
# What an anchor may be: the calendar is safe to count in from there, either way.
FIRST_YEAR, LAST_YEAR = 1970, 2200
# What may be asked for.
YEARS: Final = range(FIRST_YEAR + 1, LAST_YEAR)


def checked(layers: object, people: Collection[str] | None = None) -> list[Said]:
    """Return layers as they are stored. Raises :class:`Wrong` with a sentence for each that is not.

    ``people`` are the ids of those who may take part, as texts; with ``None`` anybody may.
    """
    rows = written.rows(layers, "layers", MOST)
    good = [_layer(row, number, people) for number, row in enumerate(rows, 1)]
    names = [layer["name"] for layer in good]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Wrong(f"Two layers are called “{twice}”. Give each a name of its own.")
    if (heavy := weight(good, DAY)) > HEAVIEST:
        raise Wrong(
            f"These layers have {heavy} turns and windows a day. Use longer turns or fewer windows: {HEAVIEST}."
        )
    return good


def read(layers: Sequence[Mapping[str, Any]], zone: str) -> list[Layer]:
    """Return stored layers as the sweep takes them, highest first."""
    place = ZoneInfo(zone)
    return [Layer(each["name"], rotation(each, place), windows(each["restrictions"])) for each in layers]


def rotation(layer: Mapping[str, Any], zone: ZoneInfo) -> Rotation:
    """Return the turns of a stored layer."""
    start = datetime.fromisoformat(layer["start"])
    return Rotation(start, zone, layer["unit"], layer["length"], tuple(layer["participants"]))


def weight(layers: Sequence[Mapping[str, Any]], span: timedelta) -> int:
    """Return about how many turns and windows there are to lay over each other in ``span``."""
    return sum(span // _length(each) + span // DAY * _windows_a_day(each) for each in layers)


def handed_on(old: Sequence[Said], new: Sequence[Said], zone: str, at: datetime) -> list[Said]:
    """Return ``new`` with each list of participants turned so that an edit takes the turn away from nobody.

    Where a layer of this name turns as before, whoever has the turn at ``at`` keeps it; where they are gone from the
    list it passes to the next of the old list who is still there. The order stays, only its beginning moves.
    """
    before = {layer["name"]: layer for layer in old}
    return [_handed_on(before[each["name"]], each, zone, at) if each["name"] in before else each for each in new]


def _length(layer: Mapping[str, Any]) -> timedelta:
    return STEPS.get(layer["unit"], MONTH) * int(layer["length"])


def _windows_a_day(layer: Mapping[str, Any]) -> int:
    return ceil(sum(len(each["days"]) for each in layer["restrictions"]) / 7)


def _handed_on(old: Said, new: Said, zone: str, at: datetime) -> Said:
    turning = ("start", "unit", "length")
    if any(old[name] != new[name] for name in turning) or not old["participants"] or not new["participants"]:
        return new
    number = rotation(old, ZoneInfo(zone)).index_at(at)
    was, now = old["participants"], new["participants"]
    following = [was[(number + step) % len(was)] for step in range(len(was))]
    staying = [person for person in following if person in now]
    if not staying:
        return new
    # Whoever has several turns is found by who follows.
    places = [place for place, person in enumerate(now) if person == staying[0]]
    place = max(places, key=lambda each: _alike(now[each:] + now[:each], staying))
    shift = (place - number) % len(now)
    return {**new, "participants": now[shift:] + now[:shift]}


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many of their first members are the same."""
    return next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def _layer(row: Said, number: int, people: Collection[str] | None) -> Said:
    where = f"Layer {number}"
    written.known(row, FIELDS, where)
    return {
        "name": _name(row.get("name"), number, where),
        "start": _start(row.get("start"), where),
        "unit": written.choice(row.get("unit"), UNITS, f"{where}: unit"),
        "length": written.number(row.get("length", 1), 1, LONGEST, f"{where}: length"),
        "participants": _participants(row.get("participants"), where, people),
        "restrictions": hours.checked(row.get("restrictions", []), where),
    }


def _name(value: object, number: int, where: str) -> str:
    name = written.line(value if value is not None else f"Layer {number}", 120, f"{where}: name")
    if name.lower() == OVERRIDE:
        raise Wrong(f"{where}: “{name}” is what shifts by an override are called. Choose another name.")
    return name


def _start(value: object, where: str) -> str:
    sentence = f"{where}: start is the local time of a hand-off without an offset, like 2026-03-02T09:00."
    try:
        start = datetime.fromisoformat(str(value))
    except ValueError:
        raise Wrong(sentence) from None
    if start.tzinfo is not None or "T" not in str(value).replace(" ", "T"):
        raise Wrong(sentence)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise Wrong(f"{where}: start lies between the years {FIRST_YEAR} and {LAST_YEAR}.")
    return start.replace(second=0, microsecond=0).isoformat(timespec="minutes")


def _participants(value: object, where: str, people: Collection[str] | None) -> list[str]:
    if not isinstance(value, list):
        raise Wrong(f"{where}: participants is a list of user ids, in the order of their turns.")
    if len(value) > MOST_PARTICIPANTS:
        raise Wrong(f"{where}: not more than {MOST_PARTICIPANTS} participants.")
    ids = [written.identity(each, f"{where}: participants") for each in value]
    if people is not None and (strange := next((each for each in ids if each not in people), None)):
        raise Wrong(f"{where}: there is no user {strange}.")
    return ids
