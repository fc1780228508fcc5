"""Ways to be reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from events.text import one_line
from oncall.models import ContactWay
from oncall.models.way import LONGEST_DELAY

DELAY_HELP = "Seconds after a page; nothing is sent here if somebody has acknowledged by then."


class WayPatchForm(forms.Form):
    """What can be changed of a way."""

    label = forms.CharField(
        max_length=80,
        required=False,
        validators=[one_line],
        label="What you call it",
        widget=forms.TextInput(attrs={"placeholder": "Phone at night", "autocomplete": "off"}),
    )
    delay = forms.IntegerField(
        min_value=0, validators=[MaxValueValidator(LONGEST_DELAY)], label="Wait before it is used", help_text=DELAY_HELP
    )
    enabled = forms.BooleanField(required=False, label="Switched on", help_text="Off: nothing goes there.")


class WayForm(forms.Form):
    """A new way."""

    kind = forms.ChoiceField(choices=ContactWay.Carrier.choices, widget=forms.RadioSelect, initial="email")
    address = forms.CharField(
        max_length=1000,
        help_text="An email address; a web address that takes JSON; or an Apprise URL, such as ntfys://topic. "
        "It is kept sealed and shown to nobody again.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    label = WayPatchForm.base_fields["label"]
    delay = WayPatchForm.base_fields["delay"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"delay": 0})
