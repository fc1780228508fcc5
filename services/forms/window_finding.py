"""Finding maintenance windows in the console."""

from __future__ import annotations

from django import forms
from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from services.maintenance.lifecycle import OVER, Stage
from services.maintenance.search import holds
from services.models import Maintenance, Service

TO_COME = "to_come"
ANY = ("", "Any")


class WindowFilterForm(forms.Form):
    """What of the windows to show."""

    q = forms.CharField(
        max_length=200, required=False, label="Search", widget=forms.TextInput(attrs={"placeholder": "Words of it"})
    )
    status = forms.ChoiceField(required=False, choices=[ANY, (TO_COME, "Under way or to come"), *Stage.choices])
    service = forms.ModelChoiceField(Service.objects.all(), required=False, empty_label="Any")
    public = forms.ChoiceField(
        required=False, label="Who sees it", choices=[ANY, ("yes", "Public"), ("no", "Internal")]
    )
    every = forms.BooleanField(required=False, label="Every one of a series")

    def found(self) -> QuerySet[Maintenance]:
        """Return the windows asked for: under way, then to come, then past; of a series the next alone."""
        if not self.is_valid():
            return Maintenance.objects.none()
        asked = self.cleaned_data
        windows = Maintenance.objects.filter(holds(asked["q"]))
        if asked["status"]:
            windows = (
                windows.exclude(status__in=OVER)
                if asked["status"] == TO_COME
                else windows.filter(status=asked["status"])
            )
        if asked["service"]:
            windows = windows.filter(services=asked["service"])
        if asked["public"]:
            windows = windows.filter(public=asked["public"] == "yes")
        return in_order(windows if asked["every"] else windows.next_of_series())

    @property
    def active(self) -> bool:
        """Say whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)


def in_order(windows: QuerySet[Maintenance]) -> QuerySet[Maintenance]:
    """Order: under way, to come (the next first), over (the last first)."""
    order = Case(
        When(status=Stage.IN_PROGRESS, then=Value(0)),
        When(status=Stage.SCHEDULED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    coming = Case(When(status__in=OVER, then=None), default=F("scheduled_start"))
    return windows.order_by(order, coming, "-scheduled_start", "id")
