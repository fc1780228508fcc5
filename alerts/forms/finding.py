"""Finding alerts in the console."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.db.models import Case, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast

from alerts.models import Alert, Integration
from alerts.models.alert import AlertQuerySet
from alerts.states import OPEN, State
from incidents.lifecycle import IncidentStatus, Severity
from services.models import Service

ANY = ("", "Any")
STILL = "open"
STATES = {
    STILL: "Firing or suppressed",
    State.FIRING.value: "Firing",
    State.SUPPRESSED.value: "Suppressed",
    State.RESOLVED.value: "Resolved",
    State.EXPIRED.value: "Expired",
}
_TEXTS = ("message", "service_name", "service__name", "fingerprint", "said")
_UNANSWERED = Q(incident__status=IncidentStatus.INVESTIGATING, incident__acknowledged=False)
_ORDER = (Q(status=State.FIRING) & _UNANSWERED, Q(status=State.FIRING), Q(status=State.SUPPRESSED))
_WORST = [Q(status__in=OPEN, severity=severity) for severity in Severity]


class AlertFilterForm(forms.Form):
    """What of the alerts to show. Every field is in the address, so a view of the list can be sent to somebody."""

    q = forms.CharField(
        max_length=200,
        required=False,
        label="Search",
        widget=forms.TextInput(attrs={"placeholder": "Message, service, label"}),
    )
    status = forms.ChoiceField(required=False, choices=[ANY, *STATES.items()])
    severity = forms.ChoiceField(
        required=False, choices=[ANY, *((one.value, f"{one.short} {one}") for one in Severity)]
    )
    service = forms.ModelChoiceField(Service.objects.all(), required=False, empty_label="Any")
    integration = forms.ModelChoiceField(Integration.objects.all(), required=False, empty_label="Any")
    # Not shown: the page of an incident leads here with its own.
    incident = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def found(self) -> AlertQuerySet:
        """Return the alerts asked for, those that fire first; of a filter that makes no sense, none."""
        if not self.is_valid():
            return Alert.objects.none()
        asked = self.cleaned_data
        wanted = _holds(asked["q"]) & _status(asked["status"])
        rows = Alert.objects.alias(said=Cast("labels", TextField()))
        for name in ("severity", "service", "integration", "incident"):
            wanted &= Q(**{name: asked[name]}) if asked[name] else Q()
        return firing_first(rows.filter(wanted))

    @property
    def active(self) -> bool:
        """Say whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def of_incident(self) -> UUID | None:
        """Return the incident whose alerts are asked for."""
        found: UUID | None = self.cleaned_data.get("incident") if self.is_valid() else None
        return found


def firing_first(alerts: AlertQuerySet) -> AlertQuerySet:
    """Order: what fires and nobody has answered, what fires, what is suppressed, each the worst first; then the rest.

    Within that, what was heard of last.
    """
    return alerts.order_by(_rank(_ORDER), _rank(_WORST), "-last_received_at", "id")


def _rank(order: Sequence[Q]) -> Case:
    """Return the place of the first that holds."""
    whens = [When(holds, then=Value(number)) for number, holds in enumerate(order)]
    return Case(*whens, default=Value(len(order)), output_field=IntegerField())


def _holds(words: str) -> Q:
    """Ask for every word, each anywhere in what its sender said. ``said`` is an alias of the labels as a text."""
    found = Q()
    for word in words.split():
        found &= Q(*((f"{text}__icontains", word) for text in _TEXTS), _connector=Q.OR)
    return found


def _status(asked: str) -> Q:
    if asked == STILL:
        return Q(status__in=OPEN)
    return Q(status=asked) if asked else Q()
