"""What is locked while a new alert looks for its incident."""

from __future__ import annotations

from django.db import models


class Correlation(models.Model):
    """One service and severity. The row holds nothing: its lock lets one new alert at a time declare or join.

    ``service_key`` is the service's id, or ``name:`` and the name of one that we do not know.
    """

    service_key = models.CharField(max_length=220)
    severity = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service_key", "severity"], name="correlation_once")]

    def __str__(self) -> str:
        return f"{self.service_key} {self.severity}"
