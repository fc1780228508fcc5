"""Teams."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from events.text import one_line
from oncall.forms import choices


class TeamForm(forms.Form):
    """A team and who belongs to it."""

    name = forms.CharField(max_length=120, validators=[one_line], widget=forms.TextInput(attrs={"autocomplete": "off"}))
    members = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Who is on call for the team its schedules say; members need not be.",
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        kept = (initial or {}).get("members", ())
        self.fields["members"].choices = choices.people(*kept)  # type: ignore[attr-defined]  # it is a choice

    def clean_members(self) -> list[User]:
        """Return the people."""
        return list(User.objects.filter(pk__in=self.cleaned_data["members"]))
