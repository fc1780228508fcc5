"""The form of a channel: made from what its kind can be told, and what it shall hear of."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField

from events.kinds import Kind
from events.text import one_line
from incidents.lifecycle import Severity
from notifications.audience import CHOSEN, INSIDE
from notifications.channels.reading import at_least
from notifications.kinds import Audience
from notifications.models import Channel
from notifications.transports.transport import Transport
from services.forms.heartbeats import OPTION, field_of
from services.forms.shared import ServiceGroup, catalogue
from services.models import Service

PLAIN: Final = ("name", "audience", "event_kinds", "severity", "services")
WHO: Final = [
    (Audience.INTERNAL.value, "Responders: everything, internal incidents and notes too"),
    (Audience.PUBLIC.value, "Everybody: what the public page shows, and no more"),
]
HOW_BAD: Final = [
    ("", "Every severity"),
    *((each.value, at_least(each)) for each in reversed(Severity) if each is not Severity.LOW),
]
# In the order of the table of kinds. Those that must be chosen say more than most channels want.
WHAT: Final = [(kind.value, kind.label) for kind in Kind if kind in INSIDE | CHOSEN]


class ChannelForm(forms.Form):
    """A channel of one kind. The kind judges its options itself, in the verb; here they are only typed."""

    name = forms.CharField(
        max_length=120, validators=[one_line], label="Name", help_text="As people know it: “#operations in Slack”."
    )
    audience = forms.ChoiceField(
        label="Who reads it", choices=WHO, initial=Audience.INTERNAL.value, widget=forms.RadioSelect
    )
    severity = forms.ChoiceField(label="How bad", choices=HOW_BAD, required=False)
    services = forms.ModelMultipleChoiceField(
        Service.objects.all(),
        required=False,
        label="Only these services",
        help_text="Tick none for all of them.",
        widget=forms.CheckboxSelectMultiple,
    )
    event_kinds = forms.MultipleChoiceField(
        choices=WHAT,
        required=False,
        label="Only these events",
        help_text="Tick none for all but changes of a service's status, which come only where they are ticked.",
        widget=forms.CheckboxSelectMultiple,
    )

    # The one that was read; empty for a new channel.
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, transport: Transport, channel: Channel | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(transport, channel))
        super().__init__(*args, **kwargs)
        self.transport = transport
        self.fields |= {OPTION + option.name: field_of(option) for option in transport.options}
        for option in transport.options:
            if option.secret and channel is not None:
                self.fields[OPTION + option.name].help_text = "It is kept while the dots stand there."

    @property
    def groups(self) -> list[ServiceGroup]:
        """Return the services under their headings."""
        return catalogue()

    @property
    def ticked(self) -> list[str]:
        """Return the ids of the services that are ticked."""
        return [str(getattr(each, "pk", each)) for each in self["services"].value() or ()]

    @property
    def told(self) -> list[BoundField]:
        """Return the fields of the kind's options."""
        return [self[name] for name in self.fields if name.startswith(OPTION)]

    @property
    def is_narrowed(self) -> bool:
        """Say whether a filter is set, or wrong: then it is not folded away."""
        return any(self[name].value() or self[name].errors for name in ("severity", "services", "event_kinds"))

    @property
    def said(self) -> dict[str, Any]:
        """Return what the verbs take."""
        options = {option.name: self.cleaned_data[OPTION + option.name] for option in self.transport.options}
        return {**{name: self.cleaned_data[name] for name in PLAIN}, "options": options}


def _initial(transport: Transport, channel: Channel | None) -> dict[str, Any]:
    """Return what the form shows at first, secrets masked."""
    if channel is None:
        return {OPTION + option.name: option.default for option in transport.options}
    plain = {name: getattr(channel, name) for name in PLAIN if name != "services"}
    return {
        **plain,
        "version": channel.version,
        "services": [service.pk for service in channel.services.all()],
        **{OPTION + name: value for name, value in channel.shown.items()},
    }
