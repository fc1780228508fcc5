"""How long a heartbeat rests."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms

LENGTHS = {"1": "For an hour", "4": "For 4 hours", "24": "For a day", "": "Until somebody resumes it"}


class PauseForm(forms.Form):
    """A few lengths in hours; nothing is without an end."""

    hours = forms.ChoiceField(choices=[*LENGTHS.items()], required=False, label="How long", initial="1")

    def until(self, now: datetime) -> datetime | None:
        """Return when it is over, for a valid form."""
        hours = self.cleaned_data["hours"]
        return now + timedelta(hours=int(hours)) if hours else None
