"""A schedule with its layers, which buttons add and put in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict

from events.text import one_line
from oncall.arranging import OFFICE, arranged
from oncall.forms import choices
from oncall.forms.rows import BuiltForm, PlacedForm, RowForm, limits, sent, sent_limits, with_one_more
from oncall.layers import LONGEST
from oncall.models import Schedule
from oncall.written import Said
from services.forms.wall_time import WallTimeField

UNITS: Final = [("hours", "hours"), ("days", "days"), ("weeks", "weeks"), ("months", "months")]


class LayerForm(PlacedForm):
    """One layer. Who takes part stands in ``people``: a choice for each place in their order, and one more."""

    noun = "Layer"
    name = forms.CharField(max_length=120, validators=[one_line], widget=forms.TextInput(attrs={"autocomplete": "off"}))
    length = forms.IntegerField(min_value=1, max_value=LONGEST, label="A turn lasts")
    unit = forms.ChoiceField(choices=UNITS, label="Unit")
    start = WallTimeField(label="With a hand-off on")

    def __init__(self, number: int, typed: Said, offered: choices.Choices, *, bound: bool) -> None:
        super().__init__("layers", number, typed, bound=bound)
        self.offered = offered
        self.limits = limits(f"{self.prefix}-restrictions", typed["restrictions"], bound=bound)

    @property
    def people(self) -> list[str]:
        """Return the places of the order, with an empty one to choose the next in."""
        return with_one_more(self.typed["participants"])

    @property
    def said(self) -> Said:
        """Return it as it is stored."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "start": cleaned["start"].isoformat(timespec="minutes"),
            "unit": cleaned["unit"],
            "length": cleaned["length"],
            "participants": [person for person in self.typed["participants"] if person],
            "restrictions": [limit.said for limit in self.limits],
        }


class ScheduleForm(BuiltForm):
    """A schedule. ``typed`` are its layers as they stand on the page, valid or not."""

    name = forms.CharField(
        max_length=120,
        validators=[one_line],
        widget=forms.TextInput(attrs={"placeholder": "Web, first line", "autocomplete": "off"}),
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    field_order = ("name", "team", "timezone", "version")

    def __init__(self, data: Any = None, *, typed: list[Said], initial: Mapping[str, Any], bound: bool = True) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["team"] = choices.team_field()
        self.fields["timezone"] = choices.zone_field("Hand-offs are on the clock of this zone, summer and winter.")
        self.order_fields(self.field_order)
        self.typed, self.checked = typed, bound and data is not None

    @cached_property
    def layers(self) -> list[LayerForm]:
        """Return a form for each layer, the highest first."""
        kept = {person for layer in self.typed for person in layer["participants"]}
        offered = choices.people(*kept)
        return [LayerForm(number, layer, offered, bound=self.checked) for number, layer in enumerate(self.typed)]

    @property
    def rows(self) -> list[RowForm]:
        """Return the forms within, in the order of the page."""
        return [row for layer in self.layers for row in (layer, *layer.limits)]

    @property
    def can_be_reckoned(self) -> bool:
        """Say whether layers and zone are right, whatever is still missing."""
        return self.is_valid() or not (self.wrong_rows or "timezone" in self.errors)

    @property
    def said(self) -> Said:
        """Return what the verbs take."""
        plain = {name: self.cleaned_data[name] for name in ("name", "team", "timezone")}
        return plain | {"layers": [layer.said for layer in self.layers]}


def first(zone: str, now: datetime) -> ScheduleForm:
    """Return an empty form with one layer: weeks, from the Monday of this week at nine."""
    layer = new_layer([], ZoneInfo(zone), now)
    return ScheduleForm(typed=[layer], initial={"timezone": zone})


def shown(schedule: Schedule) -> ScheduleForm:
    """Return the form of a schedule as it stands."""
    return ScheduleForm(typed=schedule.layers, initial=initial_of(schedule))


def sent_form(data: QueryDict, zone: str, now: datetime) -> ScheduleForm:
    """Return the form as it was sent; with its rows in another order where a button asks for that."""
    typed = {"layers": _sent_layers(data)}
    if "do" not in data:
        return ScheduleForm(data, typed=typed["layers"], initial={})
    makers = {
        "layers": lambda held: new_layer(held["layers"], ZoneInfo(zone), now),
        "participants": lambda _: "",
        "restrictions": lambda _: dict(OFFICE),
    }
    layers = arranged(typed, str(data["do"]), makers)["layers"]
    plain = {name: data.get(name, "") for name in ("name", "team", "timezone", "version")}
    return ScheduleForm(typed=layers, initial=plain)


def holding(said: Said, version: int) -> ScheduleForm:
    """Return the form with what :func:`plain` says in it."""
    return ScheduleForm(typed=said["layers"], initial={**said, "version": version})


def plain(name: str, team: object, timezone: str, layers: list[Said]) -> Said:
    """Return a schedule as it is compared; ``team`` is an id."""
    return {"name": name, "team": str(team or ""), "timezone": timezone, "layers": layers}


def initial_of(schedule: Schedule) -> Said:
    """Return what the fields besides the layers show of a schedule."""
    names = ("name", "timezone", "version")
    return {**{name: getattr(schedule, name) for name in names}, "team": schedule.team_id}


def new_layer(others: list[Said], zone: ZoneInfo, now: datetime) -> Said:
    """Return a layer to begin with, called as no other is."""
    today = now.astimezone(zone).replace(tzinfo=None, hour=9, minute=0, second=0, microsecond=0)
    start = today - timedelta(days=today.weekday())
    taken = {other.get("name") for other in others}
    name = next(name for number in range(1, len(taken) + 2) if (name := f"Layer {number}") not in taken)
    turning = {"name": name, "start": start.isoformat(timespec="minutes"), "unit": "weeks", "length": 1}
    return {**turning, "participants": [], "restrictions": []}


def _sent_layers(data: QueryDict) -> list[Said]:
    names = ("name", "start", "unit", "length")
    return [
        {
            **{name: data.get(f"{row}-{name}", "") for name in names},
            "participants": data.getlist(f"{row}-participants"),
            "restrictions": sent_limits(data, f"{row}-restrictions"),
        }
        for row in sent(data, "layers", "name")
    ]
