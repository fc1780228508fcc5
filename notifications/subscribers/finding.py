"""Finding subscribers in the console."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet

from notifications.kinds import Mode, Scope, Standing, Way
from notifications.models import Subscriber
from services.models import Service

ANY = ("", "Any")
STOPPED = "stopped"
STATES = [(Standing.CONFIRMED.value, "Confirmed"), (Standing.PENDING.value, "Not answered yet"), (STOPPED, "Stopped")]
SCOPES = [(Scope.ALL.value, "Everything"), (Scope.SERVICES.value, "Services"), (Scope.INCIDENT.value, "One incident")]
MODES = [
    (Mode.ALL.value, "Every update"),
    (Mode.NEW_AND_RESOLVED.value, "When it begins and when it is over"),
    (Mode.DIGEST.value, "Once a day"),
]
WAYS = [(Way.EMAIL.value, "Mail"), (Way.WEBHOOK.value, "Webhook"), (Way.BROWSER.value, "Browser")]


class SubscriberFilterForm(forms.Form):
    """Which subscribers to show."""

    q = forms.CharField(max_length=200, required=False, label="Address")
    status = forms.ChoiceField(required=False, label="State", choices=[ANY, *STATES])
    scope = forms.ChoiceField(required=False, label="Told of", choices=[ANY, *SCOPES])
    service = forms.ModelChoiceField(Service.objects.all(), required=False, empty_label="Any")
    mode = forms.ChoiceField(required=False, label="How much", choices=[ANY, *MODES])
    way = forms.ChoiceField(required=False, label="By", choices=[ANY, *WAYS])

    def found(self) -> QuerySet[Subscriber]:
        """Return those asked for, the newest first."""
        if not self.is_valid():
            return Subscriber.objects.none()
        asked = self.cleaned_data
        rows = in_state(Subscriber.objects.filter(address__icontains=asked["q"].strip()), asked["status"])
        for name in ("scope", "mode", "way"):
            rows = rows.filter(**{name: asked[name]}) if asked[name] else rows
        rows = rows.filter(services=asked["service"]) if asked["service"] else rows
        return rows.select_related("incident").prefetch_related("services").order_by("-created_at", "pk")

    @property
    def active(self) -> bool:
        """Say whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)


def in_state(rows: QuerySet[Subscriber], state: str) -> QuerySet[Subscriber]:
    """Keep one of ``STATES``; who has been stopped is neither of the others."""
    if state == STOPPED:
        return rows.filter(stopped_at__isnull=False)
    return rows.filter(status=state, stopped_at=None) if state else rows
