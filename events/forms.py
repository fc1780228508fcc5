"""The filters of the activity page."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from events.days import DayField, begin, end
from events.filters import SEARCHED, EventFilters
from events.kinds import Kind
from events.models import Event


class ActivityForm(forms.Form):
    """What to look for. Every field is in the address, so a view of the log can be sent to somebody."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    kind = forms.ChoiceField(choices=[("", "Everything"), *((kind.value, kind.label) for kind in Kind)], required=False)
    actor = forms.CharField(label="Who", required=False, max_length=200)
    subject = forms.CharField(label="About", required=False, max_length=300)
    service = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first of them is a word of Python's, so it cannot be an attribute.
        for name in ("from", "to"):
            self.fields[name] = DayField()

    @property
    def active(self) -> bool:
        """Say whether anything is looked for."""
        return any(self.data.get(name) for name in self.fields)

    def find(self) -> QuerySet[Event]:
        """Return the events, newest first; none while a field is not valid."""
        events = Event.objects.order_by("-id")
        if not self.is_valid():
            return events.none()
        wanted = self.cleaned_data
        found: QuerySet[Event] = EventFilters(self._asked(), events).qs
        if wanted["q"]:
            found = found.filter(reduce(or_, (Q(**{f"{name}__icontains": wanted["q"]}) for name in SEARCHED)))
        return found

    def _asked(self) -> dict[str, Any]:
        """Return the fields as the API takes them: whole days of the reader's zone become instants."""
        wanted = dict(self.cleaned_data)
        wanted["kind"] = [wanted["kind"]] if wanted["kind"] else []
        wanted["from"] = wanted["from"] and begin(wanted["from"])
        wanted["to"] = wanted["to"] and end(wanted["to"])
        return wanted
