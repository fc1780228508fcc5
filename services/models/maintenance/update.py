"""The timeline of a maintenance window."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models

from events.text import many_lines
from services.maintenance.lifecycle import Stage


class MaintenanceUpdate(models.Model):
    """Something said about a window while it was planned or under way. Immutable.

    ``status`` is the window's at that time.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    maintenance = models.ForeignKey("services.Maintenance", models.CASCADE, related_name="updates")
    message = models.TextField(max_length=20_000, validators=[many_lines])
    status = models.CharField(max_length=12, choices=Stage.choices)
    public = models.BooleanField(default=True)
    author_kind = models.CharField(max_length=10)
    author_id = models.CharField(max_length=64, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    # Entries of one instant are told apart by number: a window that was missed starts and ends in one sweep.
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["maintenance", "number"], name="maintenance_update_number_once"),
        ]

    def __str__(self) -> str:
        return self.message[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; what was said stands."""
        if not self._state.adding:
            raise TypeError("An update is never edited.")
        super().save(*args, **kwargs)

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
        """Say whether the public reads it: nothing of an internal window is shown."""
        return self.public and self.maintenance.public
