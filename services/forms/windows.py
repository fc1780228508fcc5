"""Planning a maintenance window: what, where, when on whose clock, how often."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms

from events.text import one_line
from services.forms.repeats import Repeats, chosen
from services.forms.shared import MarkdownField, ServiceGroup, catalogue, visibility
from services.forms.wall_time import WallTimes, shown
from services.maintenance.wall import wall
from services.models import Maintenance, Service

REMINDERS = [
    ("", "No reminder"),
    ("15", "15 minutes before"),
    ("60", "1 hour before"),
    ("1440", "1 day before"),
    ("10080", "1 week before"),
]


class WindowForm(Repeats, WallTimes):
    """A window; with ``window`` the fields of that one, and whether all later ones are meant."""

    title = forms.CharField(
        max_length=200,
        validators=[one_line],
        help_text="What is done, in one line.",
        widget=forms.TextInput(attrs={"placeholder": "Database upgrade", "autocomplete": "off"}),
    )
    services = forms.MultipleChoiceField(
        label="Services worked on",
        help_text="They show “Maintenance” while it is under way; it never counts as downtime.",
        error_messages={"required": "Choose what is worked on: a window has at least one service."},
    )
    description = MarkdownField("What users will notice", "Markdown.")
    public = visibility("it is announced on the public page.", "nobody outside reads of it; its services still change.")
    remind_before = forms.ChoiceField(choices=REMINDERS, required=False, initial="60", label="Reminder")
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    # As they stand on the page, and where two texts are shown side by side.
    field_order = ("title", "services", "description", "public", *WallTimes.base_fields, "remind_before")

    def __init__(self, data: Any = None, *, window: Maintenance | None = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial_of(window) if window else initial)
        self.window = window
        choices = [(str(service.pk), service.name) for group in self.groups for service in group.services]
        cast("forms.MultipleChoiceField", self.fields["services"]).choices = choices
        self._offer_its_own_reminder()
        if window is None or window.series_id is None:
            del self.fields["later"]

    @cached_property
    def groups(self) -> list[ServiceGroup]:
        """Return what may be ticked."""
        return catalogue()

    @property
    def ticked(self) -> set[str]:
        """Return the ids that are ticked."""
        return {str(value) for value in self["services"].value() or ()}

    def clean_services(self) -> list[Service]:
        """Return the services."""
        ids = set(self.cleaned_data["services"])
        return [service for group in self.groups for service in group.services if str(service.pk) in ids]

    def clean_remind_before(self) -> int | None:
        """Return minutes."""
        return int(self.cleaned_data["remind_before"]) if self.cleaned_data["remind_before"] else None

    @property
    def changes(self) -> dict[str, Any]:
        """Return the fields that ``edit`` takes."""
        plain = {name: self.cleaned_data[name] for name in ("title", "description", "public", "timezone")}
        times = {"scheduled_start": self.start, "scheduled_end": self.end}
        found = {**plain, **times, "remind_before": self.cleaned_data["remind_before"]}
        return found if self.alone else found | {"recurrence": self.rule}

    @property
    def arguments(self) -> dict[str, Any]:
        """Return what ``schedule`` takes."""
        names = {"scheduled_start": "start", "scheduled_end": "end"}
        return {names.get(name, name): value for name, value in self.changes.items()} | {
            "services": self.cleaned_data["services"]
        }

    def _offer_its_own_reminder(self) -> None:
        """Offer the minutes that a script has set, too."""
        own = str(self.initial.get("remind_before") or "")
        choices = cast("forms.ChoiceField", self.fields["remind_before"])
        if own not in dict(REMINDERS):
            choices.choices = [*REMINDERS, (own, f"{own} minutes before")]


def initial_of(window: Maintenance) -> dict[str, Any]:
    """Return what the edit form shows at first."""
    names = ("title", "description", "timezone", "version")
    return {
        **{name: getattr(window, name) for name in names},
        "public": "yes" if window.public else "no",
        "services": [str(key) for key in window.service_ids()],
        "scheduled_start": shown(window.scheduled_start, window.zone),
        "scheduled_end": shown(window.scheduled_end, window.zone),
        "remind_before": str(window.remind_before or ""),
        **chosen(window),
    }


def first_of(zone: str, now: datetime, services: list[str]) -> dict[str, Any]:
    """Return what a new form shows at first: the next full hour but one, for an hour, on the viewer's clock."""
    start = wall(now, ZoneInfo(zone)).replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    times = {"scheduled_start": start, "scheduled_end": start + timedelta(hours=1)}
    return {"timezone": zone, "services": services, **times}
