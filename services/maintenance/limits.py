"""What a window's times, zone and rule may be. Pure; raises Django's ``ValidationError`` by field, as verbs do."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from accounts.validators import zones
from services.maintenance.recurrence import Occurrence, preview
from services.maintenance.rule import BadRule, clean

LONGEST = timedelta(days=31)
FARTHEST = timedelta(days=5 * 366)
# A form takes a while to fill in; more would take back downtime that people have seen.
GRACE = timedelta(minutes=15)
MAX_REMINDER = 30 * 24 * 60


def check_times(start: datetime, end: datetime, now: datetime, *, planned: bool = True) -> None:
    """Refuse a window that ends before it begins, is endless, far away or over; ``planned``: or long begun."""
    if end <= start:
        raise ValidationError({"scheduled_end": "A window ends after it starts."})
    if end - start > LONGEST:
        raise ValidationError({"scheduled_end": f"A window lasts at most {LONGEST.days} days."})
    if start - now > FARTHEST:
        raise ValidationError({"scheduled_start": "That is more than five years away."})
    if end <= now:
        raise ValidationError({"scheduled_end": "This time has passed. Choose one that is still to come."})
    if planned and start < now - GRACE:
        raise ValidationError({"scheduled_start": "This start has passed: what is over cannot be planned any more."})


def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name."""
    if name not in zones():
        raise ValidationError({"timezone": f"“{name[:64]}” is not a time zone. Use a name such as Europe/Berlin."})
    return ZoneInfo(name)


def check_reminder(minutes: int | None) -> None:
    """Refuse a reminder longer than a month before."""
    if minutes is not None and not 0 < minutes <= MAX_REMINDER:
        raise ValidationError({"remind_before": f"Minutes before the start: 1 to {MAX_REMINDER}, or none."})


def clean_rule(rule: str) -> str:
    """Return a rule in its plain form, nothing for nothing."""
    try:
        return clean(rule)
    except BadRule as refusal:
        raise ValidationError({"recurrence": str(refusal)}) from None


def check_rule(rule: str, start: datetime, end: datetime, zone: ZoneInfo, count: int = 10) -> list[Occurrence]:
    """Return the first windows of a rule; refuse one that makes no sense."""
    try:
        return preview(clean(rule), start, end, zone, count)
    except BadRule as refusal:
        raise ValidationError({"recurrence": str(refusal)}) from None
