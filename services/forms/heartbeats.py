"""The form of a heartbeat: made from what its kind can be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from services.models import Heartbeat
from services.models.beat import LONGEST, SCHEDULE, SHORTEST
from services.probes import Option, Probe
from services.probes.secrets import masked
from services.probes.thresholds import Policy
from services.readings import in_words

# As the verb names them, so that what it refuses finds its field.
OPTION = "options."
_MOST = 100
# More options than these are folded away.
FEW = 3


class HeartbeatForm(forms.Form):
    """A heartbeat of one kind. The kind judges its target and options itself, in the verb; here they are only typed.

    ``version`` is the one that the editor read; empty for a new one.
    """

    interval = forms.IntegerField(
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=60,
        label="Check every … seconds",
        help_text="60 is once a minute.",
    )
    timeout = forms.FloatField(
        min_value=0.1, max_value=60, initial=10, label="Wait at most … seconds", help_text="Slower is a failure."
    )
    degraded_after = forms.IntegerField(
        min_value=1, max_value=_MOST, initial=1, label="Degraded after … failures in a row"
    )
    down_after = forms.IntegerField(min_value=1, max_value=_MOST, initial=3, label="Down after … failures in a row")
    recover_after = forms.IntegerField(
        min_value=1, max_value=_MOST, initial=1, label="Well again after … successes in a row"
    )
    latency_threshold_ms = forms.IntegerField(
        min_value=1,
        max_value=600_000,
        required=False,
        label="Degraded when slower than … ms",
        help_text="Empty: however slow, an answer is an answer.",
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, probe: Probe, heartbeat: Heartbeat | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(probe, heartbeat))
        super().__init__(*args, **kwargs)
        self.probe = probe
        self.fields |= {"url": _target(probe)} if probe.target.required else {}
        self.fields |= {OPTION + option.name: field_of(option) for option in probe.options}
        if probe.waits:
            self.fields["interval"].label = "It calls every … seconds"
            self.fields["interval"].help_text = "86400 is once a day."
            for name in ("timeout", "degraded_after", "down_after"):
                del self.fields[name]

    @property
    def target(self) -> list[BoundField]:
        """Return the field of the target, where the kind has one."""
        return [self["url"]] if "url" in self.fields else []

    @property
    def told(self) -> list[BoundField]:
        """Return the fields of the kind's options."""
        return [self[name] for name in self.fields if name.startswith(OPTION)]

    @property
    def is_folded(self) -> bool:
        """Say whether the options are folded away: many, each as it is usually, none of them wrong."""
        pairs = zip(self.told, self.probe.options, strict=True)
        usual = all(str(field.value()) == str(option.default) and not field.errors for field, option in pairs)
        return usual and len(self.told) > FEW

    @property
    def rhythm(self) -> list[BoundField]:
        """Return how often, and how long to wait."""
        return [self[name] for name in SCHEDULE[:2] if name in self.fields]

    @property
    def thresholds(self) -> list[BoundField]:
        """Return what it takes to change the status."""
        return [self[name] for name in SCHEDULE[2:] if name in self.fields]

    @property
    def rule(self) -> str:
        """Return the thresholds in words; nothing while they make none."""
        if self.is_open:
            return ""
        typed: dict[str, Any] = {field.name: field.field.to_python(field.value()) for field in self.thresholds}
        return in_words(Policy(**typed), waits=self.probe.waits)

    @property
    def is_open(self) -> bool:
        """Say whether something is wrong where it is folded away."""
        return any(field.errors for field in self.thresholds)

    @property
    def options(self) -> dict[str, Any]:
        """Return what was typed into the kind's own fields. A secret that was emptied is forgotten: ``None``."""
        typed = {option.name: self.cleaned_data[OPTION + option.name] for option in self.probe.options}
        emptied = {option.name for option in self.probe.options if option.secret and typed[option.name] == ""}
        return {**typed, **dict.fromkeys(emptied)}

    @property
    def said(self) -> dict[str, Any]:
        """Return what the verb takes."""
        common = {name: self.cleaned_data[name] for name in SCHEDULE if name in self.cleaned_data}
        return {**self.asks, "version": self.cleaned_data["version"], **common}

    @property
    def asks(self) -> dict[str, Any]:
        """Return what is asked, and of whom."""
        return {"kind": self.probe.kind, "url": self.cleaned_data.get("url", ""), "options": self.options}

    @property
    def patience(self) -> dict[str, Any]:
        """Return how slow an answer may be."""
        return {name: self.cleaned_data[name] for name in ("timeout", "latency_threshold_ms")}


def field_of(option: Option) -> forms.Field:
    """Return the field of one option. Whether it is good is for the kind to say: there its sentence stands once."""
    common: dict[str, Any] = {"label": option.label, "help_text": option.help}
    if option.type == "boolean":
        return forms.BooleanField(required=False, **common)
    if option.type == "integer":
        return forms.IntegerField(required=False, min_value=option.min, max_value=option.max, **common)
    if option.type == "choice":
        choices = [(choice, choice) for choice in option.choices]
        return forms.ChoiceField(choices=choices, required=False, **common)
    rows = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
    widget = rows if option.type == "lines" else forms.TextInput(attrs={"spellcheck": "false"})
    return forms.CharField(required=option.required, max_length=option.max, strip=False, widget=widget, **common)


def _target(probe: Probe) -> forms.Field:
    target = probe.target
    common: dict[str, Any] = {"label": target.label, "help_text": target.help}
    if chosen := target.choices():
        return forms.ChoiceField(choices=[(choice, choice) for choice in chosen], **common)
    hints = {"placeholder": target.placeholder, "spellcheck": "false", "autocapitalize": "none"}
    return forms.CharField(max_length=2000, widget=forms.TextInput(attrs=hints), **common)


def _initial(probe: Probe, heartbeat: Heartbeat | None) -> dict[str, Any]:
    """Return what the form shows at first; of another kind only the rhythm and the thresholds are taken over."""
    options: Mapping[str, Any] = {option.name: option.default for option in probe.options}
    found: dict[str, Any] = {}
    if heartbeat is not None:
        found = {name: getattr(heartbeat, name) for name in (*SCHEDULE, "version")}
        found["timeout"] = f"{heartbeat.timeout:g}"
        if heartbeat.kind == probe.kind:
            options = masked(probe.kind, probe.filled(heartbeat.options))
            found["url"] = heartbeat.url
    return {**found, **{OPTION + name: value for name, value in options.items()}}
