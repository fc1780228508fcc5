"""What a schedule's layers are from an instant on."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import models

from oncall.final import Layer
from oncall.layers import read

# The first edition of a schedule holds for all time before the second; what is shown begins when it was made.
EVER = datetime(1900, 1, 1, tzinfo=UTC)


class Edition(models.Model):
    """Layers and zone of a schedule from ``valid_from`` until the next edition. Never changed once it has held.

    ``layers``: ``{name, start, unit, length, participants, restrictions}``, the highest first (``oncall.layers``).
    """

    schedule = models.ForeignKey("oncall.Schedule", models.CASCADE, related_name="editions")
    valid_from = models.DateTimeField()
    timezone = models.CharField(max_length=64)
    layers = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["schedule", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["schedule", "valid_from"], name="oncall_one_edition_at_a_time")]

    def __str__(self) -> str:
        return f"{self.schedule} from {self.valid_from:%Y-%m-%d %H:%M}"

    def read(self) -> list[Layer]:
        """Return its layers as the sweep takes them."""
        return read(self.layers, self.timezone)
