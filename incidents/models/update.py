"""The timeline of an incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models

from events.text import LONG_TEXT, many_lines
from incidents.lifecycle import IncidentStatus


class Update(models.Model):
    """One entry of a timeline. Immutable.

    ``status`` is the incident's at that time; a note is an entry that is not public.
    """

    class Kind(models.TextChoices):
        """What the entry tells of."""

        OPENED = "opened"
        UPDATE = "update"
        NOTE = "note"
        TRANSITION = "transition"
        REOPENED = "reopened"
        ACKNOWLEDGED = "acknowledged"
        ASSIGNED = "assigned"
        EDITED = "edited"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="updates")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    message = models.TextField(max_length=LONG_TEXT, blank=True, validators=[many_lines])
    status = models.CharField(max_length=20, choices=[(status, status) for status in IncidentStatus])
    public = models.BooleanField()
    author_kind = models.CharField(max_length=10)
    author_id = models.CharField(max_length=64, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    estimated_resolution = models.DateTimeField(null=True, blank=True)
    # Set on an entry that was added later: when what it tells of happened. ``created_at`` is when it was written.
    happened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    # Entries of one verb share an instant; the number keeps them in order.
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="update_number_once"),
            models.CheckConstraint(condition=models.Q(status__in=[*IncidentStatus]), name="update_status_is_a_status"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.message[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; an entry that stands is never written again."""
        if not self._state.adding:
            raise TypeError("An entry of a timeline is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("An entry of a timeline is never deleted.")

    @property
    def at(self) -> datetime:
        """Return when it happened: when it was written, unless it was added later."""
        return self.happened_at or self.created_at

    @property
    def author(self) -> str:
        """Return who wrote it, as people call them."""
        return self.author_name or self.author_kind

    @property
    def by_machine(self) -> bool:
        """Say whether no person wrote it."""
        return self.author_kind != "user"

    @property
    def shown(self) -> bool:
        """Say whether the public sees it: nothing of an internal incident is shown."""
        return self.public and self.incident.public
