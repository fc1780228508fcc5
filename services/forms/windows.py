"""Planning a maintenance window: what, where, when on whose clock, how often."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from accounts.validators import zones
from events.days import DayField
from events.text import one_line
from services.forms.shared import MarkdownField, ServiceGroup, catalogue, visibility
from services.maintenance.repeat import DAYS, How, Repeat, build, read
from services.maintenance.rule import MAX_COUNT, MAX_LENGTH
from services.maintenance.wall import instant, wall, warnings
from services.models import Maintenance, Service

REMINDERS = [
    ("", "No reminder"),
    ("15", "15 minutes before"),
    ("60", "1 hour before"),
    ("1440", "1 day before"),
    ("10080", "1 week before"),
]
HOWS = [
    (How.NEVER.value, "Does not repeat"),
    (How.DAILY.value, "By days"),
    (How.WEEKLY.value, "By weeks, on the days below"),
    (How.MONTH_DAY.value, "By months, on the day of the first window: the 15th"),
    (How.MONTH_WEEKDAY.value, "By months, on its weekday: the second Tuesday"),
    (How.RULE.value, "By a rule of your own"),
]
ONE, LATER = "one", "later"
REPEATING = {"how", "every", "days", "until", "count", "recurrence"}


class WallTimeField(forms.Field):
    """A naive time on the wall; its form knows the zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """Return the time; raises ``ValidationError``."""
        if not value:
            return None
        try:
            found = datetime.fromisoformat(str(value).strip())
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None or not 1970 < found.year < 3000:
            raise ValidationError("Give a day and a time, such as 2026-03-02T14:30.")
        return found


class WindowForm(forms.Form):
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
    timezone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in sorted(zones())],
        help_text="Start and end are on the clock of this zone.",
    )
    scheduled_start = WallTimeField(label="Start")
    scheduled_end = WallTimeField(label="End")
    remind_before = forms.ChoiceField(choices=REMINDERS, required=False, initial="60", label="Reminder")
    how = forms.ChoiceField(choices=HOWS, required=False, label="Repeats")
    every = forms.IntegerField(
        min_value=1, max_value=366, required=False, initial=1, label="Every", help_text="2: every second one."
    )
    days = forms.MultipleChoiceField(
        choices=[*DAYS.items()], required=False, label="Days of the week", widget=forms.CheckboxSelectMultiple
    )
    until = DayField(label="Until", help_text="The last day that counts.")
    count = forms.IntegerField(
        min_value=1, max_value=MAX_COUNT, required=False, label="Or so many times", help_text="The first one counts."
    )
    recurrence = forms.CharField(
        max_length=MAX_LENGTH,
        required=False,
        label="Rule of your own",
        help_text="RRULE, as in calendars: FREQ=MONTHLY;BYDAY=2TU.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    later = forms.ChoiceField(
        choices=[(ONE, "This window alone"), (LATER, "This one and all later ones")],
        initial=ONE,
        required=False,
        label="What the change is for",
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

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

    def clean(self) -> dict[str, Any]:
        """Refuse two ends of one series, and a rule of one's own that is none."""
        said = self.cleaned_data
        if said.get("until") and said.get("count"):
            self.add_error("count", "Say either until when or how many times: both would be two ends.")
        if said.get("how") == How.RULE and not said.get("recurrence"):
            self.add_error("recurrence", "Write the rule, or choose another way of repeating.")
        start, days, alone = said.get("scheduled_start"), said.get("days"), said.get("later") == ONE
        if said.get("how") == How.WEEKLY and start and days and not alone and [*DAYS][start.weekday()] not in days:
            self.add_error("days", f"The first window is on a {start:%A}: tick it, or move the start.")
        if alone and REPEATING & {*self.changed_data}:
            self.add_error("later", "How it repeats can be changed for this one and all later ones alone.")
        return said

    @property
    def start(self) -> datetime:
        """Return the instant of the start; of a time that comes twice the first."""
        return instant(self.cleaned_data["scheduled_start"], self._zone)

    @property
    def end(self) -> datetime:
        """Return the instant of the end; of a time that comes twice the second.

        All windows of a series last as long as the clock on the wall says, even if clocks change during the first.
        """
        if self.cleaned_data["how"]:
            length: timedelta = self.cleaned_data["scheduled_end"] - self.cleaned_data["scheduled_start"]
            return self.start + length
        return instant(self.cleaned_data["scheduled_end"], self._zone, last=True)

    @property
    def rule(self) -> str:
        """Return the rule that was chosen."""
        said = self.cleaned_data
        how, days = How(said["how"]), tuple(said["days"])
        choice = Repeat(how, said["every"] or 1, days, said["until"], said["count"], said["recurrence"])
        return build(choice, said["scheduled_start"])

    @property
    def warnings(self) -> list[str]:
        """Return what changes of clocks do to a single window; those of a series have their own."""
        if self.cleaned_data["how"]:
            return []
        return warnings(self.cleaned_data["scheduled_start"], self.cleaned_data["scheduled_end"], self._zone)

    @property
    def for_later(self) -> bool:
        """Say whether all later ones are meant, too."""
        return self.cleaned_data.get("later") == LATER

    @property
    def changes(self) -> dict[str, Any]:
        """Return the fields that ``edit`` takes."""
        plain = {name: self.cleaned_data[name] for name in ("title", "description", "public", "timezone")}
        times = {"scheduled_start": self.start, "scheduled_end": self.end}
        found = {**plain, **times, "remind_before": self.cleaned_data["remind_before"]}
        # One window of a series moves away from its rule and does not change it.
        alone = self.window is not None and self.window.series_id is not None and not self.for_later
        return found if alone else found | {"recurrence": self.rule}

    @property
    def arguments(self) -> dict[str, Any]:
        """Return what ``schedule`` takes."""
        names = {"scheduled_start": "start", "scheduled_end": "end"}
        return {names.get(name, name): value for name, value in self.changes.items()} | {
            "services": self.cleaned_data["services"]
        }

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.cleaned_data["timezone"])

    def _offer_its_own_reminder(self) -> None:
        """Offer the minutes that a script has set, too."""
        own = str(self.initial.get("remind_before") or "")
        choices = cast("forms.ChoiceField", self.fields["remind_before"])
        if own not in dict(REMINDERS):
            choices.choices = [*REMINDERS, (own, f"{own} minutes before")]


def initial_of(window: Maintenance) -> dict[str, Any]:
    """Return what the edit form shows at first."""
    start = wall(window.scheduled_start, window.zone)
    choice = read(window.recurrence, wall(window.slot or window.scheduled_start, window.zone))
    names = ("title", "description", "timezone", "version")
    return {
        **{name: getattr(window, name) for name in names},
        "public": "yes" if window.public else "no",
        "services": [str(key) for key in window.service_ids()],
        "scheduled_start": start,
        "scheduled_end": wall(window.scheduled_end, window.zone),
        "remind_before": str(window.remind_before or ""),
        "how": choice.how.value,
        "every": choice.every,
        "days": [*choice.days],
        "until": choice.until,
        "count": choice.count,
        "recurrence": choice.rule,
    }


def first_of(zone: str, now: datetime, services: list[str]) -> dict[str, Any]:
    """Return what a new form shows at first: the next full hour but one, for an hour, on the viewer's clock."""
    start = wall(now, ZoneInfo(zone)).replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    times = {"scheduled_start": start, "scheduled_end": start + timedelta(hours=1)}
    return {"timezone": zone, "services": services, **times}
