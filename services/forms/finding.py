"""What of the catalogue to show."""

from __future__ import annotations

from typing import Any

from django import forms

from services.models import Group
from services.status import CHOICES, LIGHTS


class ServiceFilterForm(forms.Form):
    """What of the catalogue to show."""

    q = forms.CharField(
        max_length=120, required=False, label="Search", widget=forms.TextInput(attrs={"placeholder": "Name or owner"})
    )
    status = forms.ChoiceField(
        choices=[("", "Any"), ("Status", CHOICES), ("Light", LIGHTS)],
        required=False,
    )
    group = forms.ChoiceField(choices=[], required=False)
    public = forms.ChoiceField(
        choices=[("", "Any"), ("yes", "Public"), ("no", "Private")], required=False, label="Visibility"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(str(group.pk), group.name) for group in Group.objects.all()]
        self.fields["group"].choices = [("", "Any"), *groups, ("none", "Without a group")]  # type: ignore[attr-defined]
