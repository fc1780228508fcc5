"""Editing an incident: its fields, and what each service suffers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from events.text import one_line
from incidents.forms.both import both
from incidents.forms.fields import SEVERITIES, MarkdownField, catalogue, visibility
from incidents.models import Incident
from incidents.tags import LONGEST, MOST
from services.models import Service
from services.status import Status

UNAFFECTED, BY_SEVERITY = "", "severity"
IMPACTS = [
    (UNAFFECTED, "Not affected"),
    (BY_SEVERITY, "As the severity says"),
    *((status.value, status.label) for status in Status if status is not Status.MAINTENANCE),
]


class EditForm(forms.Form):
    """An incident as it is. Each field remembers what was read, so that two editors' changes can be told apart."""

    title = forms.CharField(max_length=200, validators=[one_line])
    severity = forms.ChoiceField(choices=SEVERITIES)
    public = visibility("it is on the public page.", "only people signed in here see it.")
    body = MarkdownField("What is known", "Markdown.")
    tags = forms.CharField(max_length=900, required=False, help_text="Words, with commas between them.")
    root_cause = MarkdownField("Root cause", rows=3)
    resolution = MarkdownField("Resolution", rows=3)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, incident: Incident, data: Any = None) -> None:
        super().__init__(data, initial=initial_of(incident))
        self.groups = catalogue()
        for service in self._services():
            self.fields[_name(service)] = forms.ChoiceField(choices=IMPACTS, required=False, label=service.name)
            self.initial.setdefault(_name(service), UNAFFECTED)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "version"

    @property
    def plain(self) -> list[BoundField]:
        """Return the fields but for those of services."""
        return [field for field in self if not field.name.startswith("service-")]

    @property
    def affected(self) -> list[tuple[Service, BoundField]]:
        """Return the services that suffer, as saved or as typed, each with its field."""
        return [(service, self[_name(service)]) for service in self._services() if self._suffers(service)]

    @property
    def others(self) -> list[tuple[str, list[tuple[Service, BoundField]]]]:
        """Return the rest by group, without the groups that have none left."""
        rest = [(group.name, [one for one in group.services if not self._suffers(one)]) for group in self.groups]
        return [(name, [(one, self[_name(one)]) for one in services]) for name, services in rest if services]

    def clean_tags(self) -> list[str]:
        """Return the words."""
        return tags_of(self.cleaned_data["tags"])

    @property
    def changes(self) -> dict[str, Any]:
        """Return the fields that the verb takes."""
        return {name: self.cleaned_data[name] for name in Incident.EDITABLE}

    @property
    def services(self) -> dict[Service, Status | None]:
        """Return the affected services with their own impacts."""
        chosen = {service: self.cleaned_data[_name(service)] for service in self._services()}
        return {
            service: None if impact == BY_SEVERITY else Status(impact)
            for service, impact in chosen.items()
            if impact != UNAFFECTED
        }

    def merged(self, incident: Incident) -> tuple[EditForm, list[tuple[str, str, str]]]:
        """Return this form on top of what has been saved meanwhile, and where both changed: label, theirs, typed.

        What the editor did not touch is taken from the incident as it is now; what they typed stays.
        """
        data, differences = both(self, EditForm(incident))
        return EditForm(incident, data), differences

    def _suffers(self, service: Service) -> bool:
        """Say so of those that are saved, too: who takes one away still sees what was taken."""
        name = _name(service)
        return bool(self[name].value()) or self.initial[name] != UNAFFECTED

    def _services(self) -> Iterator[Service]:
        for group in self.groups:
            yield from group.services


def initial_of(incident: Incident) -> dict[str, Any]:
    """Return what the form shows at first."""
    fields = {name: getattr(incident, name) for name in ("title", "severity", "body", "root_cause", "resolution")}
    own = {_name(row.service): row.impact or BY_SEVERITY for row in incident.affected.select_related("service")}
    more = {"public": "yes" if incident.public else "no", "tags": ", ".join(incident.tags), "version": incident.version}
    return fields | more | own


def tags_of(typed: str) -> list[str]:
    """Return the words between commas. Raises ``ValidationError``."""
    tags = [tag.strip() for tag in typed.split(",") if tag.strip()]
    if len(tags) > MOST or any(len(tag) > LONGEST for tag in tags):
        raise ValidationError(f"At most {MOST} tags of {LONGEST} characters each.")
    return tags


def _name(service: Service) -> str:
    return f"service-{service.pk}"
