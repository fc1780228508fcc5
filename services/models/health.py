"""What a service and a component have in common: a status, since when, and a status set by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from events.text import many_lines
from services.models.change import Before, Rule
from services.status import CHOICES, Light, Status, parse


class Health(models.Model):
    """The columns of a status. ``status`` is derived and stored; ``manual_status`` is what somebody set by hand.

    ``rule`` is how time counts since ``status_since``.
    """

    status = models.CharField(max_length=20, choices=CHOICES, default=Status.OPERATIONAL, editable=False)
    rule = models.CharField(max_length=12, choices=Rule.choices, default=Rule.COUNTED, editable=False)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    manual_status = models.CharField(max_length=20, choices=CHOICES, null=True, blank=True)
    manual_message = models.TextField(blank=True, max_length=5000, validators=[many_lines])

    class Meta:
        abstract = True

    @property
    def current(self) -> Status:
        """Return the status as a :class:`Status`."""
        return Status(self.status)

    @property
    def by_hand(self) -> Status | None:
        """Return the status set by hand, if any."""
        return Status(self.manual_status) if self.manual_status else None

    @property
    def light(self) -> Light:
        """Return the status as a traffic light."""
        return self.current.light

    def _set_by_hand(self, status: Status | str | None, message: str) -> dict[str, Any]:
        """Put the hand-set status on the row, unsaved. Return what it was; empty when it says the same already."""
        chosen = _parse(status)
        was = self._hand()
        self.manual_status, self.manual_message = chosen, message if chosen else ""
        return {} if was == self._hand() else was

    def _hand(self) -> dict[str, Any]:
        return {"manual_status": self.manual_status, "manual_message": self.manual_message}

    def _turn(self, status: Status, rule: str, at: datetime) -> Before | None:
        """Put a new derived status on the row, unsaved. Return how it stood; ``None`` when nothing changes.

        Time never goes back along one history: of two verbs that wait for one row, the later may have begun earlier.
        """
        old = Before(self.current, self.rule)
        if (status, rule) == (old.status, old.rule):
            return None
        self.status, self.rule, self.status_since = status, rule, max(at, self.status_since)
        return old


def _parse(status: Status | str | None) -> Status | None:
    if status is None:
        return None
    try:
        return parse(status)
    except ValueError as error:
        raise ValidationError({"status": str(error)}) from None
