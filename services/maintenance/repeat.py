"""Recurrence as people choose it and say it: to a rule, and back to words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.maintenance.rule import parse

DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_CODES = list(DAYS)
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
# The day of the month, or the last of a shorter one.
_CLAMPED = {"29": "28,29", "30": "28,29,30", "31": "28,29,30,31"}
_UNCLAMPED = {days: day for day, days in _CLAMPED.items()}


class How(StrEnum):
    """The ways of repeating that the form offers; any other rule is ``RULE``."""

    NEVER = ""
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTH_DAY = "month_day"
    MONTH_WEEKDAY = "month_weekday"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A choice: how, every how many, on which weekdays (``MO``), and when it ends. ``rule`` is for ``RULE`` alone."""

    how: How = How.NEVER
    every: int = 1
    days: Sequence[str] = ()
    until: date | None = None
    count: int | None = None
    rule: str = ""


def build(choice: Repeat, anchor: datetime) -> str:
    """Return the rule of a choice; the days that it leaves open are those of the first window's wall time."""
    if choice.how is How.NEVER:
        return ""
    if choice.how is How.RULE:
        return choice.rule
    parts = _BUILDERS[choice.how](choice, anchor)
    if choice.every > 1:
        parts["INTERVAL"] = str(choice.every)
    if choice.until:
        parts["UNTIL"] = f"{choice.until:%Y%m%d}"
    elif choice.count:
        parts["COUNT"] = str(choice.count)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def read(rule: str, anchor: datetime) -> Repeat:
    """Return the choice that gives ``rule``, or ``How.RULE`` where none does."""
    if not rule:
        return Repeat()
    parts = parse(rule)
    until = datetime.fromisoformat(parts["UNTIL"]).date() if "UNTIL" in parts else None
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    days = tuple(parts["BYDAY"].split(",")) if parts["FREQ"] == "WEEKLY" and "BYDAY" in parts else ()
    for how in _BUILDERS:
        choice = Repeat(how, int(parts.get("INTERVAL", 1)), days, until, count)
        if parse(build(choice, anchor)) == parts:
            return choice
    return Repeat(How.RULE, rule=rule)


def words(rule: str, start: datetime, zone: str) -> str:
    """Return ``every second Tuesday, 02:00 Europe/Berlin``; ``start`` is a window's naive wall time."""
    return f"{_days(rule, start)}{_ending(parse(rule))}, {start:%H:%M} {zone}" if rule else "once"


def _daily(_choice: Repeat, _anchor: datetime) -> dict[str, str]:
    return {"FREQ": "DAILY"}


def _weekly(choice: Repeat, anchor: datetime) -> dict[str, str]:
    days = [day for day in _CODES if day in choice.days] or [_CODES[anchor.weekday()]]
    return {"FREQ": "WEEKLY", "BYDAY": ",".join(days)}


def _month_day(_choice: Repeat, anchor: datetime) -> dict[str, str]:
    day = str(anchor.day)
    clamped = {"BYMONTHDAY": _CLAMPED.get(day, day), "BYSETPOS": "-1"}
    return {"FREQ": "MONTHLY", **(clamped if day in _CLAMPED else {"BYMONTHDAY": day})}


def _month_weekday(_choice: Repeat, anchor: datetime) -> dict[str, str]:
    number = (anchor.day - 1) // 7 + 1
    return {"FREQ": "MONTHLY", "BYDAY": f"{number if number < 5 else -1}{_CODES[anchor.weekday()]}"}


_BUILDERS = {
    How.DAILY: _daily,
    How.WEEKLY: _weekly,
    How.MONTH_DAY: _month_day,
    How.MONTH_WEEKDAY: _month_weekday,
}


def _days(rule: str, start: datetime) -> str:
    parts = parse(rule)
    every, left = int(parts.get("INTERVAL", 1)), set(parts) - {"INTERVAL", "UNTIL", "COUNT", "WKST"}
    if left == {"FREQ"} and parts["FREQ"] == "DAILY":
        return f"every {_spaced(every, 'day')}"
    if left <= {"FREQ", "BYDAY"} and parts["FREQ"] == "WEEKLY":
        return _weekdays(every, parts.get("BYDAY", _CODES[start.weekday()]).split(","))
    if parts["FREQ"] == "MONTHLY" and (on := _on(parts, left)):
        return f"on the {on} of every {_spaced(every, 'month')}"
    return f"by the rule {rule}"


def _weekdays(every: int, days: Sequence[str]) -> str:
    names = [DAYS[day] for day in days]
    if len(names) == 1 and every < 3:
        return f"every {'second ' if every == 2 else ''}{names[0]}"
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"every {_spaced(every, 'week')} on {listed}"


def _on(parts: Mapping[str, str], left: set[str]) -> str:
    """Return which day of the month is meant: ``15th``, ``second Tuesday``; nothing where words fail."""
    named = parts.get("BYMONTHDAY", "")
    if left == {"FREQ", "BYMONTHDAY"} and named.isdigit():
        return _ordinal(int(named))
    if left == {"FREQ", "BYMONTHDAY", "BYSETPOS"} and parts["BYSETPOS"] == "-1" and named in _UNCLAMPED:
        return f"{_ordinal(int(_UNCLAMPED[named]))} (or the last day)"
    day = parts.get("BYDAY", "")
    number = day[:-2].removeprefix("+")
    if left == {"FREQ", "BYDAY"} and "," not in day and number and int(number) in _NTH:
        return f"{_NTH[int(number)]} {DAYS[day[-2:]]}"
    return ""


def _ending(parts: Mapping[str, str]) -> str:
    if "COUNT" in parts:
        return ", once" if parts["COUNT"] == "1" else f", {parts['COUNT']} times"
    if "UNTIL" in parts:
        until = datetime.fromisoformat(parts["UNTIL"])
        return f", until {until.day} {until:%B %Y}"
    return ""


def _spaced(every: int, unit: str) -> str:
    return {1: unit, 2: f"second {unit}"}.get(every, f"{every} {unit}s")


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
