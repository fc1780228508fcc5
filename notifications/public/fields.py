"""Fields of the forms that visitors and operators fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_timezone
from notifications.addresses import UnusableAddress
from notifications.kinds import Mode, Way
from notifications.links import Reader
from notifications.typed import reader
from services.forms.shared import ServiceGroup
from services.models import Service

HOW_MUCH = [
    (Mode.ALL.value, _("Every update")),
    (Mode.NEW_AND_RESOLVED.value, _("When something begins, and when it is over")),
    (Mode.DIGEST.value, _("One message a day, when there is something to tell")),
]
HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]


class AddressField(forms.CharField):
    """An address of one kind, typed by a visitor or ``inside``; the value is a :class:`notifications.links.Reader`."""

    def __init__(self, way: Way, *, inside: bool = False, **options: Any) -> None:
        super().__init__(max_length=600, **options)
        self.way = way
        self.inside = inside

    def clean(self, value: Any) -> Reader | None:
        """Return whose it is, None for nothing; raises ``ValidationError``."""
        text = super().clean(value)
        try:
            return reader(self.way, text, inside=self.inside) if text else None
        except UnusableAddress as error:
            raise ValidationError(gettext(str(error)), code="address") from None


class HowMuchField(forms.ChoiceField):
    """How much somebody wants to be told; a form that does not ask means all of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("How much"), choices=HOW_MUCH, initial=Mode.ALL.value, widget=forms.RadioSelect, **options
        )

    def clean(self, value: Any) -> Mode:
        """Return the mode; raises ``ValidationError``."""
        return Mode(super().clean(value or Mode.ALL.value))


def email_field(**options: Any) -> AddressField:
    """Return the field for a mail address."""
    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    return AddressField(Way.EMAIL, label=_("Email address"), widget=widget, **options)


def url_field(**options: Any) -> AddressField:
    """Return the field for the address of a webhook."""
    widget = forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"})
    return AddressField(Way.WEBHOOK, label=_("Address of a webhook"), widget=widget, **options)


def zone_field(**options: Any) -> forms.CharField:
    """Return the field for a time zone, by its name: a list of all of them weighs more than the page."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=_("Time zone, such as Europe/Berlin"),
        max_length=64,
        initial="UTC",
        required=False,
        validators=[validate_timezone],
        widget=widget,
        **options,
    )


def public_groups() -> list[ServiceGroup]:
    """Return the services that visitors may know of, by group, in the order of the page; one query."""
    found: dict[str, list[Service]] = {}
    for service in Service.objects.filter(public=True).select_related("group"):
        found.setdefault(service.group.name if service.group else "", []).append(service)
    return [ServiceGroup(name, services) for name, services in found.items()]
