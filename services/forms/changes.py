"""What of the change history to show."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet

from events.days import DayField, begin, end
from services.api.filters import NO_GROUP, StatusChangeFilters
from services.models import Component, Rule, Service, Source, StatusChange

ANY = ("", "Any")


class ChangesForm(forms.Form):
    """Every field is in the address. Days are those of the reader's zone."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    service = forms.ModelChoiceField(Service.objects.order_by("name"), required=False, empty_label="Any")
    component = forms.ChoiceField(required=False)
    source = forms.ChoiceField(required=False, choices=[ANY, *Source.choices])
    rule = forms.ChoiceField(required=False, choices=[ANY, *Rule.choices], label="Time counts as")
    actor = forms.CharField(label="Who", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first of them is a word of Python's, so it cannot be an attribute.
        for name in ("from", "to"):
            self.fields[name] = DayField()
        self.fields["component"].choices = [ANY, (NO_GROUP, "The service itself"), *self._components()]  # type: ignore[attr-defined]

    @property
    def active(self) -> bool:
        """Say whether anything is looked for."""
        return any(self.data.get(name) for name in self.fields)

    def find(self) -> QuerySet[StatusChange]:
        """Return the changes, newest first; none while a field is not valid."""
        changes = StatusChange.objects.select_related("service", "component").order_by("-at", "-id")
        if not self.is_valid():
            return changes.none()
        found: QuerySet[StatusChange] = StatusChangeFilters(self.asked(), changes).qs
        words = self.cleaned_data["q"]
        return found.filter(Q(message__icontains=words) | Q(actor_name__icontains=words)) if words else found

    def query(self) -> str:
        """Return the same as the API takes it, for the sheet; nothing while a field is not valid."""
        if not self.is_valid():
            return ""
        asked = self.asked() | {"search": self.cleaned_data["q"]}
        return urlencode({"format": "csv"} | {name: value for name, value in asked.items() if value}, doseq=True)

    def asked(self) -> dict[str, Any]:
        """Return the fields as the API takes them: whole days become instants."""
        wanted = self.cleaned_data
        return {
            "service": str(wanted["service"].pk) if wanted["service"] else "",
            "component": wanted["component"],
            "source": [wanted["source"]] if wanted["source"] else [],
            "rule": [wanted["rule"]] if wanted["rule"] else [],
            "actor": wanted["actor"],
            "from": wanted["from"] and _written(begin(wanted["from"])),
            "to": wanted["to"] and _written(end(wanted["to"])),
        }

    def _components(self) -> list[tuple[str, str]]:
        """Return those of the service that is chosen: of all services they would be too many to choose from."""
        try:
            service = self.fields["service"].clean(self.data.get("service"))
        except forms.ValidationError:
            return []
        found = Component.objects.filter(service=service) if service else Component.objects.none()
        return [(str(component.pk), component.name) for component in found]


def _written(instant: datetime) -> str:
    # Not “+00:00”: a plus in an address is a space.
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
