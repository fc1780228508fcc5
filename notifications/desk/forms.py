"""Which deliveries to show."""

from __future__ import annotations

from contextlib import suppress
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q

from notifications.desk.filters import SEARCHED, DeliveryFilters
from notifications.kinds import Purpose, State
from notifications.models import Announcement, Channel, Delivery
from notifications.models.deliveries import DeliveryQuerySet

ANY = ("", "Any")
LATE, UNSEEN = "late", "unseen"
STATES = {
    State.PENDING: "Waiting",
    LATE: "Late",
    State.SENT: "Sent",
    State.FAILED: "Failed",
    UNSEEN: "Failed, not looked at",
    State.DROPPED: "Not wanted any more",
}
# States that are more than a status, as the filters have them.
NARROWED = {LATE: {"late": True}, UNSEEN: {"seen": False}}
PURPOSES = {
    Purpose.EVENT: "Something happened",
    Purpose.PAGE: "Somebody is called in",
    Purpose.CONFIRMATION: "“Is it you?”",
    Purpose.DIGEST: "Daily digest",
    Purpose.TEST: "Test",
    Purpose.NOTE: "Note by hand",
}


class DeliveriesForm(forms.Form):
    """Every field is in the address, so a view of the list can be sent to somebody."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    status = forms.ChoiceField(label="State", required=False, choices=[ANY, *STATES.items()])
    channel = forms.ChoiceField(label="By", required=False)
    purpose = forms.ChoiceField(label="Why", required=False, choices=[ANY, *PURPOSES.items()])
    event = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    subject = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Delivery.objects.order_by("transport").values_list("transport", flat=True).distinct()
        ways = [(name, name.capitalize()) for name in used]
        self.fields["channel"].choices = [ANY, *ways, *_named(self.data.get("channel", ""))]  # type: ignore[attr-defined]

    @property
    def active(self) -> bool:
        """Say whether anything is looked for."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def only(self) -> str:
        """Return a sentence for each filter that has no field; empty where there is none."""
        if not self.is_valid():
            return ""
        event, about = self.cleaned_data["event"], self.cleaned_data["subject"]
        said = [f"Only messages that event {event} caused."] if event else []
        return " ".join([*said, f"Only messages about {_title(about)}."] if about else said)

    def find(self) -> DeliveryQuerySet:
        """Return the deliveries, newest first; none while a field is not valid."""
        rows = Delivery.objects.order_by("-created_at", "-id")
        if not self.is_valid():
            return rows.none()
        asked = {name: value for name, value in self.cleaned_data.items() if name != "q" and value}
        asked |= NARROWED.get(asked.get("status", ""), {})
        if asked.keys() & {"late", "seen"}:
            asked.pop("status")
        asked |= {name: [asked[name]] for name in ("status", "purpose") if name in asked}
        found: DeliveryQuerySet = DeliveryFilters(asked, rows).qs
        words = self.cleaned_data["q"]
        return found.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in SEARCHED))) if words else found


def _named(channel: str) -> list[tuple[str, str]]:
    """Return one of our channels as a choice, where its own page asked for it."""
    with suppress(ValueError):
        return [(channel, name) for name in Channel.objects.filter(pk=UUID(channel)).values_list("name", flat=True)]
    return []


def _title(about: str) -> str:
    told = Announcement.objects.filter(subject_id=about).order_by("-at").first()
    title = told.facts.get("title") if told else None
    return f"“{title}”" if title else "one thing"
