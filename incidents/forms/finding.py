"""Finding incidents in the console."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Case, IntegerField, Q, Value, When

from accounts.models import User
from events.days import DayField, begin, end
from incidents.lifecycle import IncidentStatus, Response, Severity
from incidents.models import Incident
from incidents.models.incident import IncidentQuerySet
from incidents.search import holds
from services.models import Service

OPEN = "open"
RESPONSES = {
    Response.OPEN: "Not acknowledged",
    Response.ACKNOWLEDGED: "Acknowledged",
    Response.IN_PROGRESS: "In progress",
    Response.RESOLVED: "Resolved",
}
ANY = ("", "Any")


class IncidentFilterForm(forms.Form):
    """What of the incidents to show; days are those of the viewer's zone."""

    q = forms.CharField(
        max_length=200, required=False, label="Search", widget=forms.TextInput(attrs={"placeholder": "Words of it"})
    )
    status = forms.ChoiceField(
        required=False,
        choices=[ANY, (OPEN, "Open"), *((status.value, status.capitalize()) for status in IncidentStatus)],
    )
    severity = forms.ChoiceField(
        required=False, choices=[ANY, *((one.value, f"{one.short} {one}") for one in Severity)]
    )
    response = forms.ChoiceField(required=False, choices=[ANY, *((one.value, word) for one, word in RESPONSES.items())])
    service = forms.ModelChoiceField(Service.objects.all(), required=False, empty_label="Any")
    since = DayField()
    until = DayField()

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.zone = ZoneInfo(user.timezone)

    def found(self) -> IncidentQuerySet:
        """Return the incidents asked for, open ones first; of a filter that makes no sense, none."""
        if not self.is_valid():
            return Incident.objects.none()
        asked = self.cleaned_data
        wanted = holds(asked["q"])
        if asked["status"]:
            wanted &= _status(asked["status"])
        if asked["severity"]:
            wanted &= Q(severity=asked["severity"])
        if asked["service"]:
            wanted &= Q(affected__service=asked["service"])
        if asked["since"]:
            wanted &= Q(created_at__gte=begin(asked["since"], self.zone))
        if asked["until"]:
            wanted &= Q(created_at__lt=end(asked["until"], self.zone))
        incidents = open_first(Incident.objects.filter(wanted))
        return incidents.responding(Response(asked["response"])) if asked["response"] else incidents

    @property
    def active(self) -> bool:
        """Say whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)


def open_first(incidents: IncidentQuerySet) -> IncidentQuerySet:
    """Order: open before resolved, then the newest."""
    resolved = Case(When(status=IncidentStatus.RESOLVED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return incidents.order_by(resolved, "-created_at", "id")


def _status(asked: str) -> Q:
    return ~Q(status=IncidentStatus.RESOLVED) if asked == OPEN else Q(status=asked)


class SaveFilterForm(forms.Form):
    """Under which name a filter is kept, and whether everybody here sees it."""

    name = forms.CharField(max_length=60)
    shared = forms.BooleanField(required=False)
