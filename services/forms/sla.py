"""What the page of promises is asked for, and how one is acknowledged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from services.forms.shared import SANE_DAYS
from services.models import Service
from services.models.promises import Span, from_to, own_period, period_before
from services.sla.period import Period
from services.uptime import midnight

DAY = timedelta(days=1)


class SlaForm(forms.Form):
    """Which services, and over what time; days are whole days in UTC, as promises are."""

    period = forms.ChoiceField(
        choices=[("current", "Present period"), ("previous", "Period before"), ("days", "The days given")],
        required=False,
        label="Over",
    )
    service = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first of them is a word of Python's, so it cannot be an attribute.
        for name, label in (("from", "From (UTC)"), ("to", "To, included")):
            widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
            self.fields[name] = forms.DateField(required=False, label=label, validators=SANE_DAYS, widget=widget)
        if self.data.get("from"):
            # They count, whatever else is chosen, so that is what the list says.
            self.data = {**{name: self.data[name] for name in self.data}, "period": "days"}

    def clean(self) -> dict[str, Any]:
        """Refuse days that have no order, and a range without a beginning."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("from"), asked.get("to")
        if first and last and first > last:
            self.add_error("from", "This is after the last day.")
        if not first and (last or asked.get("period") == "days") and "from" not in self.errors:
            self.add_error("from", "Say on which day it begins.")
        return asked

    @property
    def active(self) -> bool:
        """Say whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    def services(self) -> QuerySet[Service]:
        """Return the services asked for: one, or all that something is promised of."""
        wanted = self.cleaned_data["service"]
        return Service.objects.filter(pk=wanted) if wanted else Service.objects.exclude(sla_target=None)

    def days(self, now: datetime) -> Period | None:
        """Return the days that were typed in; the last is today unless one is named."""
        first = self.cleaned_data["from"]
        if first is None:
            return None
        end = midnight(self.cleaned_data["to"] + DAY) if self.cleaned_data["to"] else max(now, midnight(first + DAY))
        return Period(midnight(first), end)

    def span(self, now: datetime) -> Span:
        """Return over what time each service is measured; days that were typed in go before."""
        days = self.days(now)
        if days:
            return from_to(days.start, days.end)
        return period_before if self.cleaned_data["period"] == "previous" else own_period

    def query(self, now: datetime) -> str:
        """Return the same as the API takes it, for the sheet."""
        days = self.days(now)
        asked = {"period": self.cleaned_data["period"] or "current"}
        if days:
            asked = {"from": f"{days.start:%Y-%m-%d}"} | (
                {"to": f"{days.end - DAY:%Y-%m-%d}"} if days.end != now else {}
            )
        if self.cleaned_data["service"]:
            asked["service"] = str(self.cleaned_data["service"])
        return urlencode({"format": "csv"} | asked)


class AcknowledgeForm(forms.Form):
    """A note on a broken promise."""

    note = forms.CharField(
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What happened, what follows. It stays in the record.",
    )
