"""What checks gave: raw rows for a week, and their sums by hour and day for good."""

from __future__ import annotations

from django.db import models

from services.models.component import Component


class CheckResult(models.Model):
    """One check. ``code`` is of the fixed vocabulary; a success that has one is a warning. ``latency_ms`` in ms."""

    id = models.BigAutoField(primary_key=True)
    component = models.ForeignKey(Component, models.CASCADE, related_name="results", db_index=False)
    at = models.DateTimeField()
    ok = models.BooleanField()
    latency_ms = models.FloatField(null=True)
    code = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["component", "at"], name="result_of_component"),
            models.Index(fields=["at"], name="result_at"),
        ]

    def __str__(self) -> str:
        return self.detail or self.code or "ok"


class CheckRollup(models.Model):
    """The checks of one component in one hour or UTC day. Latencies in ms, of those that were answered."""

    class Period(models.TextChoices):
        """How long a row is."""

        HOUR = "hour"
        DAY = "day"

    id = models.BigAutoField(primary_key=True)
    component = models.ForeignKey(Component, models.CASCADE, related_name="rollups", db_index=False)
    period = models.CharField(max_length=4, choices=Period.choices)
    start = models.DateTimeField()
    count = models.PositiveIntegerField()
    ok = models.PositiveIntegerField()
    min = models.FloatField(null=True)
    mean = models.FloatField(null=True)
    p50 = models.FloatField(null=True)
    p95 = models.FloatField(null=True)
    max = models.FloatField(null=True)

    class Meta:
        ordering = ["start"]
        # The newest of a period says from where on results are still to be summed.
        indexes = [models.Index(fields=["period", "start"], name="rollup_newest")]
        constraints = [
            models.UniqueConstraint(fields=["component", "period", "start"], name="rollup_once"),
            models.CheckConstraint(condition=models.Q(ok__lte=models.F("count")), name="rollup_ok_of_count"),
        ]

    def __str__(self) -> str:
        return f"{self.ok} of {self.count}"
