"""How often a window takes place, and whether a change is for one of them or for all later ones."""

from __future__ import annotations

from typing import Any

from django import forms

from services.forms.shared import SANE_DAYS
from services.maintenance.repeat import DAYS, How, Repeat, build, read
from services.maintenance.rule import MAX_COUNT, MAX_LENGTH
from services.maintenance.wall import wall
from services.models import Maintenance

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


class Repeats(forms.Form):
    """The rule by which a window repeats. ``later`` is there where it stands in a series."""

    how = forms.ChoiceField(choices=HOWS, required=False, label="Repeats")
    every = forms.IntegerField(
        min_value=1, max_value=366, required=False, initial=1, label="Every", help_text="2: every second one."
    )
    days = forms.MultipleChoiceField(
        choices=[*DAYS.items()], required=False, label="Days of the week", widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(
        required=False,
        validators=SANE_DAYS,
        label="Until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The last day that counts.",
    )
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

    def clean(self) -> dict[str, Any]:
        """Refuse two ends of one series, and a rule of one's own that is none."""
        said = self.cleaned_data
        if said.get("until") and said.get("count"):
            self.add_error("count", "Say either until when or how many times: both would be two ends.")
        if said.get("how") == How.RULE and not said.get("recurrence"):
            self.add_error("recurrence", "Write the rule, or choose another way of repeating.")
        start, days = said.get("scheduled_start"), said.get("days")
        if start and days and self._is_weekly and [*DAYS][start.weekday()] not in days:
            self.add_error("days", f"The first window is on a {start:%A}: tick it, or move the start.")
        if self.alone and REPEATING & {*self.changed_data}:
            self.add_error("later", "How it repeats can be changed for this one and all later ones alone.")
        return said

    @property
    def makes_a_series(self) -> bool:
        """Say whether what is typed is the pattern of many windows."""
        return bool(self.cleaned_data["how"]) and not self.alone

    @property
    def alone(self) -> bool:
        """Say whether one window of a series is meant: it moves away from its rule and does not change it."""
        return "later" in self.fields and not self.for_later

    @property
    def _is_weekly(self) -> bool:
        return self.cleaned_data.get("how") == How.WEEKLY and not self.alone

    @property
    def for_later(self) -> bool:
        """Say whether all later ones are meant, too."""
        return self.cleaned_data.get("later") == LATER

    @property
    def rule(self) -> str:
        """Return the rule that was chosen."""
        said = self.cleaned_data
        how, days = How(said["how"]), tuple(said["days"])
        choice = Repeat(how, said["every"] or 1, days, said["until"], said["count"], said["recurrence"])
        return build(choice, said["scheduled_start"])


def chosen(window: Maintenance) -> dict[str, Any]:
    """Return what these fields show of a window."""
    choice = read(window.recurrence, wall(window.slot or window.scheduled_start, window.zone))
    return {
        "how": choice.how.value,
        "every": choice.every,
        "days": [*choice.days],
        "until": choice.until,
        "count": choice.count,
        "recurrence": choice.rule,
    }
