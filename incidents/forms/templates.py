"""Writing a template, and beginning a form with one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from events.text import one_line
from incidents import placeholders
from incidents.forms.editing import tags_of
from incidents.forms.fields import SEVERITIES, MarkdownField, ServiceGroup, catalogue
from incidents.lifecycle import IncidentStatus
from incidents.models import IncidentTemplate
from services.models import Service

_SHOWN = ", ".join(f"{{{{ {name} }}}}" for name in placeholders.BUILT_IN)
FILLED = f"{_SHOWN} are filled in when it is sent. Any other {{{{ name }}}} must be replaced before."


class TemplateForm(forms.Form):
    """A template; what is left empty leaves the form that it is chosen on as it is."""

    name = forms.CharField(
        max_length=120,
        validators=[one_line],
        help_text="As people here choose it; readers never see it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title = forms.CharField(max_length=200, required=False, validators=[one_line], label="Title of the incident")
    body = MarkdownField("Text", f"Markdown. The first message, or the update. {FILLED}", rows=6)
    severity = forms.ChoiceField(required=False, choices=[("", "Not said"), *SEVERITIES])
    status = forms.ChoiceField(
        required=False,
        choices=[("", "Not said"), *((one.value, one.capitalize()) for one in IncidentStatus)],
        help_text="Where an update leads, and where a new incident begins.",
    )
    services = forms.MultipleChoiceField(required=False, label="Affected services")
    tags = forms.CharField(max_length=900, required=False, help_text="Words, with commas between them.")

    def __init__(self, template: IncidentTemplate | None = None, data: Any = None) -> None:
        super().__init__(data, initial=_initial(template) if template else None)
        self.groups: list[ServiceGroup] = catalogue()
        choices = [(str(one.pk), one.name) for group in self.groups for one in group.services]
        self.fields["services"].choices = choices  # type: ignore[attr-defined]  # it is a MultipleChoiceField
        self.fields["services"].help_text = "Ticked on a new incident."

    @property
    def ticked(self) -> set[str]:
        """Return the ids that are ticked."""
        return {str(value) for value in self["services"].value() or ()}

    def clean_services(self) -> list[Service]:
        """Return the services."""
        ids = set(self.cleaned_data["services"])
        return [one for group in self.groups for one in group.services if str(one.pk) in ids]

    def clean_tags(self) -> list[str]:
        """Return the words."""
        return tags_of(self.cleaned_data["tags"])


def chosen(asked: str | None) -> IncidentTemplate | None:
    """Return the template that ``?template=`` names, if there is one."""
    try:
        return IncidentTemplate.objects.prefetch_related("services").filter(pk=UUID(asked or "")).first()
    except ValueError:
        return None


def beginning(template: IncidentTemplate) -> dict[str, Any]:
    """Return what a new incident's form begins with."""
    said = {"title": template.title, "body": template.body, "severity": template.severity}
    began = {"status": template.status if template.status != IncidentStatus.RESOLVED else ""}
    more = {"services": [str(one.pk) for one in template.services.all()], "tags": ", ".join(template.tags)}
    return {name: value for name, value in {**said, **began, **more}.items() if value}


def _initial(template: IncidentTemplate) -> dict[str, Any]:
    return {"name": template.name, **beginning(template), "status": template.status}
