"""The text of a rule: what we take of RFC 5545, and why not the rest. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import datetime

MAX_LENGTH = 500
# How far apart windows may be, by FREQ.
INTERVALS = {"DAILY": 366, "WEEKLY": 104, "MONTHLY": 120, "YEARLY": 10}
MAX_COUNT = 1000
_LEAP = 2028
_DAYS = "MO|TU|WE|TH|FR|SA|SU"


class BadRule(ValueError):
    """A rule that is refused. The message is a sentence for whoever wrote it."""


def parse(text: str) -> dict[str, str]:
    """Return the parts of a rule by name, in capitals. Raises :class:`BadRule`."""
    if len(text) > MAX_LENGTH:
        raise BadRule(f"A rule has at most {MAX_LENGTH} characters.")
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise BadRule(f"“{part[:40]}” cannot be read: a rule looks like FREQ=WEEKLY;BYDAY=TU.")
        parts[name] = value
    _check(parts)
    return parts


def clean(text: str) -> str:
    """Return the rule in its plain form; nothing for nothing. Raises :class:`BadRule`."""
    return ";".join(f"{name}={value}" for name, value in parse(text).items()) if text.strip() else ""


def _check(parts: dict[str, str]) -> None:
    frequency = parts.get("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise BadRule("Windows repeat daily at most: choose DAILY, WEEKLY, MONTHLY or YEARLY.")
    if frequency not in INTERVALS:
        raise BadRule("Say how often with FREQ: DAILY, WEEKLY, MONTHLY or YEARLY.")
    for name, value in parts.items():
        if name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            raise BadRule(f"{name} is not taken: the time of day is that of the first window.")
        if name not in _CHECKS:
            raise BadRule(f"“{name[:20]}” is no part of a rule.")
        if not _CHECKS[name](value):
            raise BadRule(f"{name} cannot be “{value[:40]}”.")
    _together(parts, frequency)
    _refuse_days_that_never_come(parts)


def _together(parts: dict[str, str], frequency: str) -> None:
    if int(parts.get("INTERVAL", 1)) > INTERVALS[frequency]:
        raise BadRule(f"INTERVAL is at most {INTERVALS[frequency]} with {frequency}.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule("Say either COUNT or UNTIL: both would be two ends.")
    if frequency in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", "")):
        raise BadRule(f"BYDAY takes no number with {frequency}: use MONTHLY for “the second Tuesday”.")
    if frequency == "WEEKLY" and "BYMONTHDAY" in parts:
        raise BadRule("BYMONTHDAY does not go with WEEKLY.")
    if frequency != "YEARLY" and parts.keys() & {"BYYEARDAY", "BYWEEKNO"}:
        raise BadRule("BYYEARDAY and BYWEEKNO go with YEARLY alone.")
    if "BYSETPOS" in parts and frequency in ("DAILY", "WEEKLY"):
        raise BadRule("BYSETPOS goes with MONTHLY and YEARLY alone.")
    if "BYSETPOS" in parts and not any(name.startswith("BY") for name in parts.keys() - {"BYSETPOS"}):
        raise BadRule("BYSETPOS chooses among days: name them with BYDAY or BYMONTHDAY.")


def _refuse_days_that_never_come(parts: dict[str, str]) -> None:
    # A search for 30 February goes on to the year 9999.
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    if min(days) > max(monthrange(_LEAP, month)[1] for month in months):
        raise BadRule(f"No month of the rule has a day {min(days)}.")


def _whole(low: int, high: int) -> Callable[[str], bool]:
    return lambda value: bool(re.fullmatch(r"[0-9]{1,6}", value)) and low <= int(value) <= high


def _list(limit: int, *, signed: bool = True) -> Callable[[str], bool]:
    sign = "[+-]?" if signed else ""
    one = re.compile(rf"{sign}[0-9]{{1,3}}")
    return lambda value: all(one.fullmatch(item) and 1 <= abs(int(item)) <= limit for item in value.split(","))


def _days(value: str) -> bool:
    return all(re.fullmatch(rf"([+-]?([1-9]|[1-4][0-9]|5[0-3]))?({_DAYS})", item) for item in value.split(","))


def _moment(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", value):
        return False
    try:
        # The first and the last years have no room for another zone's clock.
        return 1970 <= datetime.fromisoformat(value).year < 9990
    except ValueError:
        return False


_CHECKS: dict[str, Callable[[str], bool]] = {
    "FREQ": lambda value: value in INTERVALS,
    "INTERVAL": _whole(1, 999_999),
    "COUNT": _whole(1, MAX_COUNT),
    "UNTIL": _moment,
    "BYDAY": _days,
    "BYMONTHDAY": _list(31),
    "BYYEARDAY": _list(366),
    "BYWEEKNO": _list(53),
    "BYMONTH": _list(12, signed=False),
    "BYSETPOS": _list(366),
    "WKST": lambda value: bool(re.fullmatch(_DAYS, value)),
}
