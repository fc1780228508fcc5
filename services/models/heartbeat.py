"""The automatic check of a component: how, where and how often, and how it stands."""

from __future__ import annotations

from django.db import models

from services.models.beat import new_token
from services.models.configuring import Configuring

# A migration looks for the last one here.
__all__ = ["Heartbeat", "new_token"]


class Heartbeat(Configuring):
    """How a component is checked."""

    class Meta:
        indexes = [
            # Only what can be due: a heartbeat that is switched off has no next check.
            models.Index(
                fields=["next_check_at"], condition=models.Q(next_check_at__isnull=False), name="heartbeat_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(down_after__gte=models.F("degraded_after")),
                name="heartbeat_down_after_degraded",
                violation_error_message="A component cannot be down before it is degraded.",
            ),
            models.CheckConstraint(
                condition=models.Q(enabled=True) | models.Q(next_check_at__isnull=True),
                name="heartbeat_off_is_never_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.url}".strip()
