"""The forms of the console's account pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.roles import SCOPE_CHOICES
from accounts.validators import zones
from events.text import one_line

if TYPE_CHECKING:
    SetPasswordForm = auth_forms.SetPasswordForm[User]
else:
    SetPasswordForm = auth_forms.SetPasswordForm

LIFETIMES = [("30", "30 days"), ("90", "90 days"), ("365", "One year"), ("", "Never")]


class SignInForm(auth_forms.AuthenticationForm):
    """Username and password. Says the same for an unknown name, a wrong password and a deactivated person."""

    error_messages = {
        "invalid_login": "That username and password do not match. Passwords are case-sensitive.",
        "inactive": "That username and password do not match. Passwords are case-sensitive.",
    }


class CodeForm(forms.Form):
    """The code of the app, or one of those for recovery."""

    code = forms.CharField(
        max_length=32,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class ForgottenForm(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NewPasswordForm(SetPasswordForm):
    """A new password, set by the verb so that the log knows."""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:  # noqa: ARG002
        """Say what is wrong with the new password beside it, not beside its repetition."""
        super().validate_password_for_user(user, "new_password1")

    def save(self, commit: bool = True) -> User:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Set the password. The person does it, by link or signed in."""
        self.user.change_password(self.cleaned_data["new_password1"], by=self.user.actor)
        return self.user


class ChangePasswordForm(NewPasswordForm, auth_forms.PasswordChangeForm):
    """The old password, and a new one."""


class ProfileForm(forms.Form):
    """What a person may change of themselves."""

    name = forms.CharField(max_length=150, required=False, validators=[one_line], help_text="As others see it.")
    email = forms.EmailField(
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="A forgotten password is set anew by mail to this address.",
    )
    timezone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in sorted(zones())],
        help_text="Times are shown in this zone.",
    )


class AcceptForm(NewPasswordForm):
    """What somebody who is invited says of themselves, and their password."""

    name = ProfileForm.base_fields["name"]
    timezone = ProfileForm.base_fields["timezone"]
    field_order = ("name", "timezone", "new_password1", "new_password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("timezone") == "UTC":
            # The browser knows better what has never been chosen.
            self.fields["timezone"].widget.attrs["data-own-zone"] = ""

    def said(self) -> dict[str, Any]:
        """Return what the verb takes."""
        given = self.cleaned_data
        return {"password": given["new_password1"], "name": given["name"], "timezone": given["timezone"]}


class ApiKeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(max_length=100, validators=[one_line], help_text="What will use it: “deploy script”.")
    scopes = forms.MultipleChoiceField(
        choices=SCOPE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        label="It may",
        help_text="Give it no more than it needs.",
    )
    lifetime = forms.ChoiceField(label="Ends after", choices=LIFETIMES, required=False, initial="90")

    def expires_at(self, now: datetime) -> datetime | None:
        """Return when the key ends, None for never."""
        days = self.cleaned_data["lifetime"]
        return now + timedelta(days=int(days)) if days else None

    def refuse(self, error: ValidationError) -> None:
        """Show what the model refused."""
        self.add_error(None, ValidationError(error.messages))
