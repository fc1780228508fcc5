"""The automatic check of a component: how, where and how often, and how it stands."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from events.text import one_line
from services.models.beating import Beating, new_token
from services.models.component import Component
from services.status import CHOICES

SHORTEST, LONGEST = 10, 24 * 60 * 60


class Heartbeat(Beating):
    """How a component is checked. Seconds and milliseconds; ``next_check_at`` is when the next check is due.

    A check that runs holds the lease: ``lease_until`` and ``lease_token``. One whose worker died runs again when the
    lease is over. ``url`` is the target, in the kind's own form: an address, ``host:port``, a name.
    """

    component = models.OneToOneField(Component, models.CASCADE, primary_key=True, related_name="heartbeat")
    kind = models.CharField(max_length=20)
    url = models.CharField(max_length=2000, blank=True, validators=[one_line])
    options = models.JSONField(default=dict, blank=True)
    interval = models.PositiveIntegerField(
        default=60, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    timeout = models.FloatField(default=10, validators=[MinValueValidator(0.1), MaxValueValidator(60)])
    degraded_after = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    down_after = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1), MaxValueValidator(100)])
    recover_after = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    latency_threshold_ms = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600_000)]
    )
    enabled = models.BooleanField(default=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)

    # What its checks say, ``services.probes.thresholds``; null is "nobody knows". The component follows it.
    verdict = models.CharField(max_length=20, choices=CHOICES, null=True, blank=True, editable=False)
    consecutive_failures = models.PositiveIntegerField(default=0, editable=False)
    consecutive_successes = models.PositiveIntegerField(default=0, editable=False)
    last_checked_at = models.DateTimeField(null=True, editable=False)
    last_ok_at = models.DateTimeField(null=True, editable=False)
    last_latency_ms = models.FloatField(null=True, editable=False)
    last_code = models.CharField(max_length=40, blank=True, editable=False)
    last_detail = models.CharField(max_length=300, blank=True, editable=False)
    next_check_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

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
