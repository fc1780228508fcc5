"""Saying that some alerts shall make no incident for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from events.text import many_lines


class SilenceQuerySet(models.QuerySet["Silence"]):
    """Finds silences."""

    def standing(self, now: datetime) -> Self:
        """Keep those that hold at ``now``."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Silence(models.Model):
    """Alerts that it names are stored and shown, make no incident and page nobody, until ``ends_at``.

    It names one ``alert`` (every episode of its fingerprint), one ``service``, or ``matchers``:
    ``[{"name": label, "value": text, "equal": bool}]``, all of which must hold.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    alert = models.ForeignKey("alerts.Alert", models.CASCADE, null=True, blank=True, related_name="+")
    service = models.ForeignKey("services.Service", models.CASCADE, null=True, blank=True, related_name="+")
    matchers = models.JSONField(default=list, blank=True)
    why = models.CharField(max_length=500, blank=True, validators=[many_lines])
    created_by = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = SilenceQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("starts_at")), name="silence_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.why or f"until {self.ends_at:%Y-%m-%d %H:%M} UTC"

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "silence", self.id, str(self)[:200]
