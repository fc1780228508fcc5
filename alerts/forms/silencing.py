"""Silences: what is silenced, until when, why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, cast

from django import forms

from accounts.models import User
from alerts import matchers
from alerts.models import Alert
from events.text import many_lines
from incidents.forms.fields import LocalTimeField
from services.models import Service

LABELS, THIS, SERVICE = "labels", "alert", "service"
OWN: Final = "own"
LENGTHS: Final = {
    "1h": ("1 hour", timedelta(hours=1)),
    "4h": ("4 hours", timedelta(hours=4)),
    "1d": ("1 day", timedelta(days=1)),
    "1w": ("1 week", timedelta(weeks=1)),
}


class SilenceForm(forms.Form):
    """One of three ways to say what: labels, this very alert, a whole service."""

    what = forms.ChoiceField(label="What to silence", widget=forms.RadioSelect)
    labels = forms.CharField(
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "code"}),
        help_text="A line each, “env = test”; “env != live” for what must not be. All lines must hold. "
        "Take lines away to silence more.",
    )
    service = forms.ModelChoiceField(Service.objects.all(), required=False, empty_label="Choose…")
    length = forms.ChoiceField(
        label="For how long",
        choices=[*((key, words) for key, (words, _) in LENGTHS.items()), (OWN, "Until the time below")],
    )
    ends_at = LocalTimeField(required=False, label="Until")
    why = forms.CharField(
        required=False,
        max_length=500,
        validators=[many_lines],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Others see it, and who made the silence.",
    )

    def __init__(self, user: User, data: Any = None, *, alert: Alert | None = None) -> None:
        super().__init__(data)
        self.alert = alert
        cast("LocalTimeField", self.fields["ends_at"]).tell_zone(user.timezone)
        choices = [(LABELS, "Alerts with these labels, of whatever service"), (SERVICE, "All alerts of a service")]
        if alert is not None:
            choices.insert(0, (THIS, "This alert alone, each time it fires"))
        cast("forms.ChoiceField", self.fields["what"]).choices = choices
        self.initial = {"length": "4h", "what": LABELS, **(_first(alert) if alert else {})}

    def clean(self) -> dict[str, Any]:
        """Put what the verb takes into ``said``; each error stands at the field that it is about."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.said = {"why": cleaned.get("why", "")} | self._what(cleaned)
        if cleaned.get("length") == OWN and not cleaned.get("ends_at") and "ends_at" not in self.errors:
            self.add_error("ends_at", "Give a day and a time, or choose a length above.")
        return cleaned

    def until(self, now: datetime) -> datetime:
        """Return when it is over."""
        length = self.cleaned_data["length"]
        if length != OWN:
            return now + LENGTHS[length][1]
        found: datetime = self.cleaned_data["ends_at"]
        return found

    def _what(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        if cleaned.get("what") == SERVICE:
            if not cleaned.get("service") and "service" not in self.errors:
                self.add_error("service", "Choose the service.")
            return {"service": cleaned.get("service")}
        return {"alert": self.alert} if cleaned.get("what") == THIS else {"matchers": self._matchers(cleaned)}

    def _matchers(self, cleaned: dict[str, Any]) -> list[matchers.Matcher]:
        found: list[matchers.Matcher] = []
        try:
            found = matchers.read(cleaned.get("labels", ""))
        except ValueError as error:
            self.add_error("labels", str(error))
            return found
        if not found and "labels" not in self.errors:
            self.add_error("labels", "Name at least one label: a silence without any would cover everything.")
        return found


def _first(alert: Alert) -> dict[str, Any]:
    return {
        "what": THIS,
        "labels": matchers.write(matchers.of_labels(alert.labels)),
        "service": alert.service_id,
    }
