"""Days to look for, and the instants at which they begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

# Days that every zone can tell the midnight of, and of the day after.
EARLIEST, LATEST = date(1970, 1, 2), date(2999, 12, 30)


class DayField(forms.DateField):
    """A day; refuses those so far away that no clock can tell when they begin."""

    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    default_validators = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})


def begin(day: date, zone: tzinfo | None = None) -> datetime:
    """Return the instant, in UTC, at which ``day`` begins in ``zone`` (else the reader's)."""
    return datetime.combine(day, time(), zone or timezone.get_current_timezone()).astimezone(UTC)


def end(day: date, zone: tzinfo | None = None) -> datetime:
    """Return the instant, in UTC, at which the next day begins."""
    return begin(day + timedelta(days=1), zone)
