"""Asking once more who it is, before what protects an account is changed: a session may have been left open."""

from __future__ import annotations

import time
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import ConsoleRequest
from accounts.client import network_of
from accounts.complete import SINCE
from accounts.models import SignInWait

# In seconds: whoever has no password has signed in no longer ago than that.
FRESH: Final = 600


class ProofForm(forms.Form):
    """The password. Who signs in by the provider alone has none, and comes from there a moment ago."""

    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Yours, once more.",
    )

    def __init__(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if not request.user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        """Count the try as one at the door is counted, then judge it."""
        user, place = self.request.user, network_of(self.request)
        wait = SignInWait.enter(user.username, place, timezone.now())
        if wait:
            raise ValidationError(f"Too many attempts. Try again in {wait} seconds.")
        typed = cast("str", self.cleaned_data["password"])
        if not user.check_password(typed):
            raise ValidationError("That is not your password.")
        SignInWait.succeed(user.username, place)
        return typed

    def clean(self) -> dict[str, Any]:
        """Refuse somebody without a password whose sign-in is long ago."""
        if "password" not in self.fields and time.time() - self.request.session.get(SINCE, 0) > FRESH:
            raise ValidationError("This needs a sign-in of the last ten minutes. Sign out, sign in, and come back.")
        return self.cleaned_data


class SetUpForm(ProofForm):
    """The code that shows that the app has the secret, and the password."""

    code = forms.CharField(
        max_length=16,
        label="Code that the app shows",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    field_order = ("code", "password")
