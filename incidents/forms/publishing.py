"""Publishing an internal incident: what the public will read, in its own words."""

from __future__ import annotations

from typing import Any

from django import forms

from events.text import one_line
from incidents.forms.fields import MarkdownField
from incidents.models import Incident


class PublishForm(forms.Form):
    """Title and text as the public will see them."""

    title = forms.CharField(max_length=200, validators=[one_line], help_text="What users notice, in one line.")
    body = MarkdownField("What is known", "Markdown.")
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, incident: Incident, data: Any = None) -> None:
        super().__init__(data, initial=initial_of(incident))

    @property
    def changes(self) -> dict[str, Any]:
        """Return the fields that the verb takes."""
        return {"title": self.cleaned_data["title"], "body": self.cleaned_data["body"], "public": True}


def initial_of(incident: Incident) -> dict[str, Any]:
    """Return what the form shows at first."""
    return {name: getattr(incident, name) for name in ("title", "body", "version")}
