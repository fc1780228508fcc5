"""Days to look for, and the instants at which they begin and end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django_filters.fields import IsoDateTimeField

# Days that every zone can tell the midnight of, and of the day after.
EARLIEST, LATEST = date(1970, 1, 2), date(2999, 12, 30)
FAR = f"Give a time between the years {EARLIEST.year} and {LATEST.year}."


class DayField(forms.DateField):
    """A day; refuses those so far away that no clock can tell when they begin."""

    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    default_validators = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})


class UntilField(IsoDateTimeField):  # type: ignore[misc]  # it ships no types
    """An instant in ISO 8601; of a day its end."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant; raises ``ValidationError``."""
        found: datetime | None = super().to_python(value)
        if found is None or not _is_day(value):
            return found
        try:
            return found + timedelta(days=1)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class SinceFilter(django_filters.IsoDateTimeFilter):  # type: ignore[misc]
    """What is not before an instant, or not before a day begins (in UTC)."""

    def __init__(self, field_name: str, lookup_expr: str = "gte") -> None:
        super().__init__(field_name, lookup_expr, help_text="From then on; of a day, from its beginning in UTC.")


class UntilFilter(django_filters.IsoDateTimeFilter):  # type: ignore[misc]
    """What is before an instant; a day counts as a whole (in UTC)."""

    field_class = UntilField

    def __init__(self, field_name: str, lookup_expr: str = "lt") -> None:
        super().__init__(field_name, lookup_expr, help_text="Before then; a day counts as a whole, in UTC.")


def is_near(at: datetime) -> bool:
    """Say whether every zone can tell this instant; who writes it where somebody is told of it must ask before."""
    return EARLIEST <= at.date() <= LATEST


def begin(day: date, zone: tzinfo | None = None) -> datetime:
    """Return the instant, in UTC, at which ``day`` begins in ``zone`` (else the reader's)."""
    return datetime.combine(day, time(), zone or timezone.get_current_timezone()).astimezone(UTC)


def end(day: date, zone: tzinfo | None = None) -> datetime:
    """Return the instant, in UTC, at which the next day begins."""
    return begin(day + timedelta(days=1), zone)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value.strip()) is not None
    except ValueError:
        return False
