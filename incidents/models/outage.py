"""What heartbeats found, and the incident that tells of it."""

from __future__ import annotations

from django.db import models

from services.models import Component


class Outage(models.Model):
    """A component that its heartbeat found down, from ``since`` until ``over_at``.

    ``incident`` is the one that was opened for it (``opened``), or that was open on the service already. A component
    has one at a time that is not over, so two workers cannot open two incidents for it.
    """

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="outages")
    component = models.ForeignKey(Component, models.CASCADE, related_name="+")
    opened = models.BooleanField()
    since = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["component"], condition=models.Q(over_at__isnull=True), name="outage_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} since {self.since:%H:%M} UTC"
