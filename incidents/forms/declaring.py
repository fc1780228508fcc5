"""Declaring an incident: five fields, one minute."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from events.text import one_line
from incidents.forms.editing import tags_of
from incidents.forms.fields import SEVERITIES, LocalTimeField, MarkdownField, ServiceGroup, catalogue, visibility
from incidents.lifecycle import IncidentStatus, Severity
from services.models import Service

MORE = ("started_at", "status", "tags")
SINCE = "If that was before now. Services are counted as down from now on: their history is not rewritten."
BARE = "Say what users notice, or choose the services: the public page would show an empty card."


class DeclareForm(forms.Form):
    """What is wrong, how bad, where, in words, and who may know."""

    title = forms.CharField(
        max_length=200,
        validators=[one_line],
        help_text="What users notice, in one line.",
        widget=forms.TextInput(attrs={"placeholder": "Card payments fail", "autofocus": True, "autocomplete": "off"}),
    )
    severity = forms.ChoiceField(choices=SEVERITIES, initial=Severity.MEDIUM, widget=forms.RadioSelect)
    services = forms.MultipleChoiceField(
        required=False, label="Affected services", help_text="Their status follows the severity."
    )
    body = MarkdownField("What is known", "Markdown. It becomes the first entry of the timeline.")
    tags = forms.CharField(max_length=900, required=False, help_text="Words, with commas between them.")
    status = forms.ChoiceField(
        required=False,
        choices=[(one.value, one.capitalize()) for one in IncidentStatus if one is not IncidentStatus.RESOLVED],
        help_text="Where it begins, when more is known already.",
    )
    started_at = LocalTimeField(required=False, label="When it began")
    public = visibility("it appears on the public page.", "only people signed in here see it; no service moves.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell_zone("UTC")
        choices = [(str(service.pk), service.name) for group in self.groups for service in group.services]
        self.fields["services"].choices = choices  # type: ignore[attr-defined]  # it is a MultipleChoiceField

    def tell_zone(self, name: str) -> None:
        """Read the time on the clock of the zone ``name``."""
        field = cast("LocalTimeField", self.fields["started_at"])
        field.tell_zone(name)
        field.help_text = f"{SINCE} {field.help_text}"

    @cached_property
    def groups(self) -> list[ServiceGroup]:
        """Return what may be ticked."""
        return catalogue()

    @property
    def ticked(self) -> set[str]:
        """Return the ids that are ticked."""
        return {str(value) for value in self["services"].value() or ()}

    def clean_services(self) -> dict[Service, None]:
        """Return the services, each to follow the severity."""
        ids = set(self.cleaned_data["services"])
        return {service: None for group in self.groups for service in group.services if str(service.pk) in ids}

    @property
    def more(self) -> list[BoundField]:
        """Return the fields that most incidents need not; they are folded away."""
        return [self[name] for name in MORE]

    @property
    def says_more(self) -> bool:
        """Say whether one of them is filled in, or wrong."""
        return any(field.errors or field.value() not in (None, "", IncidentStatus.INVESTIGATING) for field in self.more)

    def clean_tags(self) -> list[str]:
        """Return the words."""
        return tags_of(self.cleaned_data["tags"])

    def clean_status(self) -> str:
        """Return where it begins."""
        return self.cleaned_data["status"] or IncidentStatus.INVESTIGATING

    def clean(self) -> dict[str, Any]:
        """Ask for words or services where the public would see neither; what is internal may be bare."""
        said = self.cleaned_data
        bare = not said.get("services") and not said.get("body", "").strip()
        if said.get("public") and bare and not self.errors.keys() & {"services", "body"}:
            self.add_error("body", BARE)
        return said

    def clean_title(self) -> str:
        """Refuse a title of blanks."""
        title: str = self.cleaned_data["title"]
        if not title.strip():
            raise ValidationError("Say what is wrong.")
        return title
