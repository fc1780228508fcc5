"""Integrations: their name, and how their labels are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator

from alerts.models import Integration
from alerts.models.integration import DAY, ignored_labels, labels_are_words, service_labels
from events.text import one_line

MINUTE: Final = 60


class NamesField(forms.CharField):
    """Names of labels, with commas or line breaks between; the value is a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 5000, **options})

    def prepare_value(self, value: Any) -> Any:
        """Return a list as people write it."""
        return ", ".join(value) if isinstance(value, Sequence) and not isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        """Return the names, each once."""
        given = str(value or "").replace("\n", ",").split(",")
        return list(dict.fromkeys(name.strip() for name in given if name.strip()))

    def validate(self, value: Any) -> None:
        """Refuse what the model would refuse."""
        labels_are_words(value)

    def run_validators(self, value: Any) -> None:
        """Do nothing: those of a text do not fit a list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists."""
        return bool(list(initial or []) != self.to_python(data))


class IntegrationForm(forms.Form):
    """What an admin says of a source of alerts."""

    name = forms.CharField(
        max_length=100,
        validators=[one_line],
        help_text="What reports, such as “Prometheus, Frankfurt”. It stands beside each of its alerts.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    service_labels = NamesField(
        label="Labels that name the service",
        help_text="With commas between; the first that an alert carries does.",
    )
    ignored_labels = NamesField(
        label="Labels to drop",
        help_text="Those that only tell which of two equal senders spoke. Two replicas of one Prometheus say the same.",
    )
    stale_after = forms.IntegerField(
        label="Close what is silent, after minutes",
        min_value=0,
        validators=[MaxValueValidator(90 * DAY // MINUTE)],
        help_text="An alert that is not heard of again for so long expires. 0: never.",
    )
    creates_services = forms.BooleanField(
        required=False,
        label="Make services that we do not know",
        help_text="They are private until somebody publishes them. Otherwise the incident names what was reported.",
    )
    publish = forms.BooleanField(
        required=False,
        label="Publish its incidents at once",
        help_text="On public services only. Otherwise they are internal until somebody publishes them.",
    )

    def __init__(self, data: Any = None, *, integration: Integration | None = None) -> None:
        super().__init__(data, initial=_shown(integration))

    @property
    def said(self) -> dict[str, Any]:
        """Return all fields as the model holds them."""
        cleaned = self.cleaned_data
        return {**cleaned, "stale_after": cleaned["stale_after"] * MINUTE}

    @property
    def changes(self) -> dict[str, Any]:
        """Return the fields that were typed anew: a script may have set seconds, which minutes cannot show."""
        return {name: value for name, value in self.said.items() if name in self.changed_data}


def _shown(integration: Integration | None) -> dict[str, Any]:
    if integration is None:
        return {"service_labels": service_labels(), "ignored_labels": ignored_labels(), "stale_after": DAY // MINUTE}
    shown = {name: getattr(integration, name) for name in Integration.EDITABLE}
    return shown | {"stale_after": integration.stale_after // MINUTE}
