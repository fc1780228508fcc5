"""Every signal as it came, and what became of it."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from alerts.states import Result

# In seconds: the upper bounds of ``alert_processing_seconds``.
PACES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class RawSignal(models.Model):
    """One signal with its result; ``reason`` is the sentence that says why it was rejected, suppressed or ignored."""

    id = models.BigAutoField(primary_key=True)
    integration = models.ForeignKey("alerts.Integration", models.CASCADE, related_name="signals")
    alert = models.ForeignKey("alerts.Alert", models.SET_NULL, null=True, related_name="signals")
    fingerprint = models.CharField(max_length=255, blank=True)
    severity = models.CharField(max_length=10, blank=True)
    # Null is what JSON calls so: a batch may hold it in an alert's place.
    raw = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    result = models.CharField(max_length=12, choices=[(result, result) for result in Result])
    reason = models.CharField(max_length=300, blank=True)
    # From the first look at the request to just before the commit; ``pace`` is its place among ``PACES``.
    took_ms = models.FloatField()
    pace = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["received_at"], name="raw_signal_received"),
            # Counting for a scrape reads this and no row.
            models.Index(fields=["severity", "result", "pace", "took_ms"], name="raw_signal_sorts"),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.fingerprint}"


def pace(milliseconds: float) -> int:
    """Return the place among ``PACES`` of the first bound that is not passed; their number when all are."""
    return sum(milliseconds / 1000 > bound for bound in PACES)
