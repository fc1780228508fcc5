"""Standing in for each other: overrides, and shifts that are swapped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from oncall.final import Shift
from oncall.forms import choices
from oncall.layers import YEARS
from services.forms.wall_time import WallTimeField, shown
from services.maintenance.wall import instant, wall, warnings

Stretch = tuple[datetime, datetime]


class CoverForm(forms.Form):
    """Somebody is on call from one time to another, whatever the layers say."""

    user = forms.ChoiceField(label="Who is on call")
    start = WallTimeField(label="From")
    end = WallTimeField(label="To")

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["user"].choices = choices.people()  # type: ignore[attr-defined]  # it is a choice
        self.fields["timezone"] = choices.zone_field("Both times are on the clock of this zone.")

    def clean_user(self) -> User:
        """Return the person."""
        return User.objects.get(pk=self.cleaned_data["user"])

    def clean(self) -> dict[str, Any]:
        """Refuse times between which clocks jump, so that no time is left."""
        said = self.cleaned_data
        if {"start", "end", "timezone"} <= said.keys() and said["start"] < said["end"]:
            begins, ends = self.stretch
            if ends <= begins:
                self.add_error("start", gone(said["start"], said["end"], ZoneInfo(said["timezone"])))
        return said

    @property
    def stretch(self) -> Stretch:
        """Return both instants; of a time that comes twice the first for the start, the second for the end."""
        said, zone = self.cleaned_data, ZoneInfo(self.cleaned_data["timezone"])
        return instant(said["start"], zone), instant(said["end"], zone, last=True)

    @property
    def warnings(self) -> list[str]:
        """Return what changes of clocks do to it."""
        said = self.cleaned_data
        return warnings(said["start"], said["end"], ZoneInfo(said["timezone"]))


class SwapForm(forms.Form):
    """Two shifts whose people swap."""

    first = forms.ChoiceField(label="One shift")
    second = forms.ChoiceField(label="The other shift")

    def __init__(self, data: Any = None, *, shifts: list[tuple[str, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for name in ("first", "second"):
            self.fields[name].choices = [("", "Choose…"), *shifts]  # type: ignore[attr-defined]  # it is a choice

    @property
    def said(self) -> tuple[Stretch, Stretch]:
        """Return both stretches."""
        return read(self.cleaned_data["first"]), read(self.cleaned_data["second"])


def first(user: User, stretch: Stretch | None, now: datetime) -> dict[str, Any]:
    """Return what a new override shows at first: the stretch that was asked for, or the next full hour for eight."""
    zone = ZoneInfo(user.timezone)
    start = wall(now, zone).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    times = (start, start + timedelta(hours=8))
    if stretch is not None:
        times = (shown(stretch[0], zone), shown(stretch[1], zone))
    return {"user": str(user.pk), "timezone": user.timezone, "start": times[0], "end": times[1]}


def gone(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return what is wrong with two times between which no time goes by."""
    return (
        f"There is no time between {start:%H:%M} and {end:%H:%M} on {start.day} {start:%B %Y} in {zone}: "
        f"clocks go forward to {wall(instant(start, zone), zone):%H:%M} then. Choose other times."
    )


def value(shift: Shift) -> str:
    """Return a shift as a form names it: its two instants."""
    return f"{shift.start.isoformat()}/{shift.end.isoformat()}"


def read(text: str) -> Stretch:
    """Return the instants of a shift that a form names. Raises ``ValidationError``."""
    begins, _, ends = text.partition("/")
    try:
        found = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
    except ValueError:
        raise ValidationError("There is no such shift.") from None
    if any(each.tzinfo is None or each.year not in YEARS for each in found):
        raise ValidationError("There is no such shift.")
    return found
