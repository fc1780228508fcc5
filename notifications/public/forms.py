"""The forms of visitors: what to be told of, and how much; and for the first time, where."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.models import Incident
from notifications.choice import Choice
from notifications.links import Reader
from notifications.public.fields import HOURS, HowMuchField, email_field, public_groups, url_field, zone_field
from services.forms.shared import ServiceGroup
from services.models import Service


class ChoiceForm(forms.Form):
    """Of what, how much, and when."""

    services = forms.MultipleChoiceField(
        required=False,
        label=_("Only these services"),
        help_text=_("Tick none to be told of everything, maintenance included."),
    )
    mode = HowMuchField()
    timezone = zone_field()
    digest_hour = forms.ChoiceField(label=_("Hour"), choices=HOURS, initial="8", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(service.pk), service.name) for group in self.groups for service in group.services]
        self.fields["services"].choices = choices  # type: ignore[attr-defined]  # it is a MultipleChoiceField

    @cached_property
    def groups(self) -> list[ServiceGroup]:
        """Return what may be ticked."""
        return public_groups()

    @property
    def ticked(self) -> set[str]:
        """Return the ids that are ticked."""
        return {str(value) for value in self["services"].value() or ()}

    @property
    def incident(self) -> Incident | None:
        """Return the one incident that it is about, if it is."""
        return None

    def choice(self) -> Choice:
        """Return what was chosen. What the small form of the public page leaves out is as it is at first."""
        said = self.cleaned_data
        return Choice(
            services=[] if self.incident else self._services(),
            incident=self.incident,
            mode=said["mode"],
            timezone=said["timezone"] or "UTC",
            digest_hour=int(said["digest_hour"] or 8),
        )

    def _services(self) -> list[Service]:
        ids = set(self.cleaned_data["services"])
        return [service for group in self.groups for service in group.services if str(service.pk) in ids]


class SubscribeForm(ChoiceForm):
    """Where to, besides."""

    email = email_field(required=False)
    url = url_field(required=False, help_text=_("It is sent signed JSON, and first the link that says yes."))
    incident_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ["email", "url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            # A script puts the visitor's own in the place of UTC.
            self.fields["timezone"].widget.attrs["data-own-zone"] = True

    @cached_property
    def incident(self) -> Incident | None:
        """Return the public incident that is followed, if one is."""
        try:
            key = forms.UUIDField(required=False).clean(self["incident_id"].value())
        except ValidationError:
            return None
        return Incident.objects.visible().filter(pk=key).first() if key else None

    def clean_incident_id(self) -> object:
        """Refuse what the public does not know of."""
        if self.data.get("incident_id") and self.incident is None:
            raise ValidationError(gettext("There is no such incident."))
        return self.cleaned_data["incident_id"]

    def clean(self) -> dict[str, Any]:
        """Ask for one address."""
        said = self.cleaned_data
        given = [name for name in ("email", "url") if said.get(name)]
        if not given and not self.errors.keys() & {"email", "url"}:
            self.add_error("email", gettext("Give an address to write to."))
        if len(given) > 1:
            self.add_error("url", gettext("Give an email address or a webhook, and the other one another time."))
        return said

    @property
    def reader(self) -> Reader:
        """Return whose address was given."""
        found: Reader = self.cleaned_data["email"] or self.cleaned_data["url"]
        return found

    @property
    def keys(self) -> dict[str, str]:
        """Return what messages are encrypted with; only browsers have such keys."""
        return {}
