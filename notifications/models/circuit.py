"""Ways that are shut: whoever turns everyone away is left in peace for a while."""

from __future__ import annotations

from django.db import models


class Circuit(models.Model):
    """A target that refused every message of late; the row goes with the first that gets through.

    Until ``rests_until`` nothing is sent there, then one message tries. What waits loses no attempt.
    """

    target = models.CharField(max_length=260, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    rests_until = models.DateTimeField()
    # As in a delivery.
    error_code = models.CharField(max_length=40, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.target} rests until {self.rests_until:%H:%M:%S}"
