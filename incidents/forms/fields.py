"""Fields that several forms share: a severity, a time on somebody's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.days import FAR, is_near
from incidents.lifecycle import Severity
from services.forms.shared import MarkdownField, ServiceGroup, catalogue, visibility

__all__ = ["SEVERITIES", "LocalTimeField", "MarkdownField", "ServiceGroup", "at", "catalogue", "visibility"]

SEVERITIES = [(one.value, f"{one.short} {one}: {one.impact.label.lower()}") for one in Severity]


class LocalTimeField(forms.Field):
    """A time on the clock of ``zone``, which its form sets; the value is UTC.

    Of the two instants that share a time when clocks go back, it means the later: a promise is kept sooner rather than
    broken. A time that clocks skip is refused.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    zone = ZoneInfo("UTC")

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant; raises ``ValidationError``."""
        if not value:
            return None
        try:
            read = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError("Give a day and a time, such as 2026-03-02T14:30.") from None
        if not is_near(read):
            raise ValidationError(FAR)
        return at(read, self.zone) if read.tzinfo is None else read.astimezone(UTC)

    def tell_zone(self, name: str) -> None:
        """Read times in the zone ``name``, and say so beside the field."""
        self.zone = ZoneInfo(name)
        now = timezone.now().astimezone(self.zone)
        self.help_text = f"On the clock of {name}, where it is {now:%H:%M} now."


def at(read: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a wall-clock time; raises ``ValidationError`` when clocks skip it."""
    instant = read.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != read:
        raise ValidationError(f"Clocks go forward then: {read:%H:%M} does not happen on that day in {zone}.")
    return instant
