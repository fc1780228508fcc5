"""Times as people type them: on the clock of a zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from accounts.validators import zones
from services.maintenance.wall import crossing, instant, wall, warnings
from services.models import Maintenance


class WallTimeField(forms.Field):
    """A naive time on the wall; its form knows the zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """Return the time; raises ``ValidationError``."""
        if not value:
            return None
        try:
            found = datetime.fromisoformat(str(value).strip())
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None or not 1970 < found.year < 3000:
            raise ValidationError("Give a day and a time, such as 2026-03-02T14:30.")
        return found


class WallTimes(forms.Form):
    """When a window begins and ends. What is not typed anew stays as it is, to the second: a wall shows less."""

    timezone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in sorted(zones())],
        help_text="Start and end are on the clock of this zone.",
    )
    scheduled_start = WallTimeField(label="Start")
    scheduled_end = WallTimeField(label="End")

    window: Maintenance | None = None

    @property
    def makes_a_series(self) -> bool:
        """Say whether what is typed is the pattern of many windows."""
        return False

    @property
    def start(self) -> datetime:
        """Return the instant of the start; of a time that comes twice the first."""
        if self.window and not self.moves("scheduled_start"):
            return self.window.scheduled_start
        return instant(self.cleaned_data["scheduled_start"], self.zone)

    @property
    def end(self) -> datetime:
        """Return the instant of the end; of a time that comes twice the second.

        All windows of a series last as long as the clock on the wall says, even if clocks change during the first.
        """
        if self.window and not self.moves("scheduled_end", *(["scheduled_start"] if self.makes_a_series else [])):
            return self.window.scheduled_end
        if self.makes_a_series:
            length: timedelta = self.cleaned_data["scheduled_end"] - self.cleaned_data["scheduled_start"]
            return self.start + length
        return instant(self.cleaned_data["scheduled_end"], self.zone, last=True)

    @property
    def warnings(self) -> list[str]:
        """Return what changes of clocks do to a single window; those of a series have their own."""
        if self.makes_a_series:
            return []
        if self.window and not self.moves("scheduled_start", "scheduled_end"):
            return crossing(self.start, self.end, self.zone)
        return warnings(self.cleaned_data["scheduled_start"], self.cleaned_data["scheduled_end"], self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone that was chosen."""
        return ZoneInfo(self.cleaned_data["timezone"])

    def moves(self, *names: str) -> bool:
        """Say whether one of these times was typed anew, or the zone that says what they mean."""
        return not {*names, "timezone"}.isdisjoint(self.changed_data)


def shown(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the minute that a field shows of an instant, naive."""
    return wall(at, zone).replace(second=0, microsecond=0)
