"""An escalation policy with its steps, which buttons add and put in order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator
from django.http import QueryDict

from events.text import one_line
from oncall.arranging import OFFICE, arranged
from oncall.forms import choices
from oncall.forms.rows import BuiltForm, LimitForm, PlacedForm, limits, sent, sent_limits, with_one_more
from oncall.models import EscalationPolicy
from oncall.models.policy import LONGEST_REMINDER, MOST_ROUNDS
from oncall.sentences import worse_than
from oncall.severities import CHOICES
from oncall.steps import DELAY, LONGEST_DELAY
from oncall.written import Said
from services.forms.shared import ServiceGroup, catalogue
from services.models import Service

SEVERITY: Final = [("", "Every severity"), *((key, worse_than(key)) for key, _ in CHOICES)]
PLAIN: Final = ("name", "team", "severity", "timezone", "repeat", "remind_after", "position", "enabled")


class StepForm(PlacedForm):
    """One step. Whom it tells stands in ``targets``: a choice for each, and one more."""

    noun = "Step"
    delay = forms.IntegerField(min_value=1, max_value=LONGEST_DELAY, label="Then wait, in minutes")

    def __init__(self, number: int, typed: Said, offered: list[Any], *, bound: bool) -> None:
        super().__init__("steps", number, typed, bound=bound)
        self.offered = offered

    @property
    def targets(self) -> list[str]:
        """Return the targets, with an empty one to choose the next in."""
        return with_one_more(self.typed["targets"])

    def clean(self) -> dict[str, Any]:
        """Refuse a step that tells nobody."""
        if not any(self.typed["targets"]):
            self.add_error(None, f"{self.where} has nobody to tell. Choose a schedule, a person or a channel.")
        return self.cleaned_data

    @property
    def said(self) -> Said:
        """Return it as it is stored."""
        pairs = [target.partition(":") for target in self.typed["targets"] if target]
        return {"delay": self.cleaned_data["delay"], "targets": [{kind: named} for kind, _, named in pairs]}


class PolicyForm(BuiltForm):
    """A policy. ``typed`` holds its steps and hours as they stand on the page, valid or not."""

    name = forms.CharField(
        max_length=120,
        validators=[one_line],
        widget=forms.TextInput(attrs={"placeholder": "Web, day and night", "autocomplete": "off"}),
    )
    services = forms.MultipleChoiceField(required=False, help_text="None ticked: for every service.")
    severity = forms.ChoiceField(choices=SEVERITY, required=False, label="How bad")
    repeat = forms.IntegerField(
        min_value=0, max_value=MOST_ROUNDS, label="Then all of it again", help_text="So many times; 0 for never."
    )
    remind_after = forms.IntegerField(
        min_value=0,
        max_value=LONGEST_REMINDER,
        label="Remind after",
        help_text="Minutes of silence after somebody acknowledged; 0 for never.",
    )
    position = forms.IntegerField(
        min_value=0,
        validators=[MaxValueValidator(10_000)],
        label="Place",
        help_text="Of several policies of one team that fit, the lowest counts.",
    )
    enabled = forms.BooleanField(required=False, label="In use")
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, typed: Said, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["team"] = choices.team_field()
        self.fields["timezone"] = choices.zone_field("The hours are on the clock of this zone.", required=False)
        offered = [(str(service.pk), service.name) for group in self.groups for service in group.services]
        self.fields["services"].choices = offered  # type: ignore[attr-defined]  # it is a choice
        self.typed = typed

    @cached_property
    def groups(self) -> list[ServiceGroup]:
        """Return what may be ticked."""
        return catalogue()

    @property
    def ticked(self) -> set[str]:
        """Return the ids that are ticked."""
        return {str(value) for value in self["services"].value() or ()}

    @cached_property
    def steps(self) -> list[StepForm]:
        """Return a form for each step."""
        kept = {target.partition(":")[2] for step in self.typed["steps"] for target in step["targets"]}
        offered = choices.targets(*kept)
        return [StepForm(number, step, offered, bound=self.is_bound) for number, step in enumerate(self.typed["steps"])]

    @cached_property
    def hours(self) -> list[LimitForm]:
        """Return a form for each window of the week."""
        return limits("hours", self.typed["hours"], bound=self.is_bound)

    @property
    def rows(self) -> list[StepForm | LimitForm]:
        """Return the forms within, in the order of the page."""
        return [*self.steps, *self.hours]

    def clean_services(self) -> list[Service]:
        """Return the services."""
        ids = set(self.cleaned_data["services"])
        return [service for group in self.groups for service in group.services if str(service.pk) in ids]

    @property
    def said(self) -> Said:
        """Return what the verbs take."""
        plain = {name: self.cleaned_data[name] for name in (*PLAIN, "services")}
        return plain | {"steps": [step.said for step in self.steps], "hours": [limit.said for limit in self.hours]}

    @property
    def compared(self) -> Said:
        """Return it as it is compared: with ids."""
        said = self.said
        ids = sorted(str(service.pk) for service in said["services"])
        return said | {"team": str(said["team"].pk) if said["team"] else "", "services": ids}


def stands(policy: EscalationPolicy) -> Said:
    """Return a stored policy as it is compared."""
    plain = {name: getattr(policy, name) for name in (*PLAIN, "steps", "hours")}
    ids = sorted(str(service.pk) for service in policy.services.all())
    return plain | {"team": str(policy.team_id or ""), "services": ids}


def holding(said: Said, version: int) -> PolicyForm:
    """Return the form with what :func:`stands` says in it."""
    return PolicyForm(typed=typed_of(said["steps"], said["hours"]), initial={**said, "version": version})


def first(zone: str) -> PolicyForm:
    """Return an empty form with one step."""
    plain = {"repeat": 1, "remind_after": 60, "position": 0, "enabled": True, "timezone": zone}
    return PolicyForm(typed={"steps": [new_step()], "hours": []}, initial=plain)


def shown(policy: EscalationPolicy) -> PolicyForm:
    """Return the form of a policy as it stands."""
    return PolicyForm(typed=typed_of(policy.steps, policy.hours), initial=initial_of(policy))


def sent_form(data: QueryDict) -> PolicyForm:
    """Return the form as it was sent; with its rows in another order where a button asks for that."""
    typed = {"steps": _sent_steps(data), "hours": sent_limits(data, "hours")}
    if "do" not in data:
        return PolicyForm(data, typed=typed, initial={})
    makers = {"steps": lambda _: new_step(), "targets": lambda _: "", "hours": lambda _: dict(OFFICE)}
    plain: Said = {name: data.get(name, "") for name in (*PLAIN, "version")}
    plain |= {"services": data.getlist("services"), "enabled": "enabled" in data}
    return PolicyForm(typed=arranged(typed, str(data["do"]), makers), initial=plain)


def initial_of(policy: EscalationPolicy) -> Said:
    """Return what the fields besides steps and hours show of a policy."""
    plain = {name: getattr(policy, name) for name in (*PLAIN, "version")}
    return plain | {"team": policy.team_id, "services": [str(service.pk) for service in policy.services.all()]}


def typed_of(steps: list[Said], hours: list[Said]) -> Said:
    """Return stored steps and hours as a form holds them."""
    told = [[f"{kind}:{named}" for target in step["targets"] for kind, named in target.items()] for step in steps]
    rows = [{"delay": step["delay"], "targets": targets} for step, targets in zip(steps, told, strict=True)]
    return {"steps": rows, "hours": hours}


def new_step() -> Said:
    """Return a step to begin with."""
    return {"delay": DELAY, "targets": []}


def _sent_steps(data: QueryDict) -> list[Said]:
    return [
        {"delay": data.get(f"{row}-delay", ""), "targets": data.getlist(f"{row}-targets")}
        for row in sent(data, "steps", "delay")
    ]
