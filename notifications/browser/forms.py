"""What a browser says of itself, beside what its visitor has chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Way
from notifications.links import Reader
from notifications.public.fields import AddressField
from notifications.public.forms import SubscribeForm
from notifications.transports.browser import usable

BROKEN = _("Your browser did not say where it can be reached. Try once more, or give an email address.")


class BrowserForm(SubscribeForm):
    """The form of subscribing, sent by ``static/js/push.js``: no address is typed, and the browser adds its own."""

    endpoint = AddressField(Way.BROWSER, label="This browser")
    p256dh = forms.CharField(max_length=200, label="Its key", widget=forms.HiddenInput)
    auth = forms.CharField(max_length=100, label="Its secret", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse keys that nothing can be encrypted for. An address is not asked for."""
        said = self.cleaned_data
        if not usable(self.keys):
            self.add_error(None, BROKEN)
        return said

    @property
    def keys(self) -> dict[str, str]:
        """Return what is needed to encrypt for this browser."""
        return {name: self.cleaned_data.get(name, "") for name in ("p256dh", "auth")}

    @property
    def reader(self) -> Reader:
        """Return where the browser is reached."""
        found: Reader = self.cleaned_data["endpoint"]
        return found


class MovedForm(forms.Form):
    """What a browser says of itself when it has another address: the one before, and its secret as a proof."""

    was = AddressField(Way.BROWSER)
    proof = forms.CharField(max_length=100)
    endpoint = AddressField(Way.BROWSER)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)

    def clean(self) -> dict[str, Any]:
        """Refuse keys that nothing can be encrypted for."""
        if not usable(self.keys):
            raise forms.ValidationError(BROKEN)
        return self.cleaned_data

    @property
    def keys(self) -> dict[str, str]:
        """Return what is needed to encrypt for this browser from now on."""
        return {name: self.cleaned_data.get(name, "") for name in ("p256dh", "auth")}
