"""Making and editing a service."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from events.text import many_lines, one_line
from services.models import Group, Service

# Left empty, these stay as they are: a service has each of them anyway.
KEPT = ("slug", "sla_period", "auto_incident", "auto_incident_after")


class ServiceForm(forms.Form):
    """A service. ``version`` is the one that the editor read; empty for a new one."""

    # The last word: whether the fields stand beside each other.
    SECTIONS = (
        ("What it is", ("name", "description", "url", "owner", "group", "slug"), ""),
        ("What the public sees", ("public", "show_latency"), ""),
        ("What is promised", ("sla_target", "sla_period"), "inline"),
        ("When a heartbeat finds a component down", ("auto_incident", "auto_incident_after"), "inline"),
    )

    name = forms.CharField(max_length=120, validators=[one_line], help_text="As users know it: “Checkout API”.")
    description = forms.CharField(
        max_length=2000,
        required=False,
        validators=[many_lines],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What it does for them, in a sentence.",
    )
    url = forms.URLField(
        max_length=500,
        required=False,
        label="URL",
        assume_scheme="https",
        help_text="Where it is.",
        error_messages={"invalid": "Give a whole address, such as https://example.com/checkout."},
    )
    owner = forms.CharField(
        max_length=120, required=False, validators=[one_line], help_text="The team or person to ask."
    )
    group = forms.ModelChoiceField(
        Group.objects.all(), required=False, empty_label="Without a group", help_text="The heading it stands under."
    )
    sla_target = forms.DecimalField(
        max_digits=6,
        decimal_places=3,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
        label="SLA target in percent (optional)",
        help_text="The uptime that is promised: 99.9.",
    )
    sla_period = forms.ChoiceField(
        choices=Service.SlaPeriod.choices,
        required=False,
        initial=Service.SlaPeriod.MONTH,
        label="Promised over",
        help_text="The time in which the target has to be met.",
    )
    slug = forms.SlugField(
        max_length=80,
        required=False,
        help_text="The last part of its public address. Left empty, it is made from the name.",
        error_messages={"invalid": "Use letters, digits, hyphens and underscores only."},
    )
    public = forms.BooleanField(
        required=False,
        label="Show on the public page",
        help_text="Before anything appears, you are shown what will.",
    )
    show_latency = forms.BooleanField(
        required=False,
        label="Show how fast it answers",
        help_text="A graph of its heartbeats' latency, on its public page.",
    )
    auto_incident = forms.ChoiceField(
        choices=Service.AutoIncident.choices,
        required=False,
        initial=Service.AutoIncident.OFF,
        label="What happens",
        help_text="An incident that nobody has touched resolves itself when the component is well again.",
    )
    auto_incident_after = forms.IntegerField(
        min_value=1,
        max_value=24 * 60,
        required=False,
        initial=5,
        label="After how many minutes",
        help_text="So long it has to be down without a break.",
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    @property
    def sections(self) -> Sequence[tuple[str, list[BoundField], str]]:
        """Return the fields as they are shown, under their headings."""
        return [(heading, [self[name] for name in names], inline) for heading, names, inline in self.SECTIONS]

    @property
    def fields_of_model(self) -> dict[str, Any]:
        """Return what was typed, without the version and what was left to us."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and (value or name not in KEPT)
        }


def initial_of(service: Service) -> dict[str, Any]:
    """Return what the edit form shows at first."""
    names = [name for _, names, _ in ServiceForm.SECTIONS for name in names if name != "group"] + ["version"]
    return {name: getattr(service, name) for name in names} | {"group": service.group_id}
