"""The forms of people."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.roles import ROLE_CHOICES, Role

ROLE_HELP = "Viewers read. Operators run incidents, services and maintenance. Admins also see to people and keys."


class InvitationForm(forms.Form):
    """Whom to invite."""

    username = forms.CharField(max_length=150, help_text="To sign in with. Letters, digits and @ . + - _ only.")
    email = forms.EmailField(max_length=254, help_text="Where the invitation goes.")
    name = forms.CharField(max_length=150, required=False, help_text="They may change it.")
    role = forms.ChoiceField(choices=ROLE_CHOICES, initial=Role.VIEWER.value, help_text=ROLE_HELP)

    @property
    def said(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class PersonForm(ProfileForm):
    """What an admin may change of somebody."""

    role = forms.ChoiceField(choices=ROLE_CHOICES, help_text=ROLE_HELP)
    field_order = ("name", "email", "role", "timezone")


def initial_of(user: User) -> dict[str, str]:
    """Return what the form of somebody begins with."""
    return {name: getattr(user, name) for name in PersonForm.field_order}
