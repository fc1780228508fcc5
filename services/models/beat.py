"""The columns of a heartbeat and what its verbs share."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from events.command import Tell
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from services.models.component import Component
from services.probes import KINDS, push
from services.probes.secrets import masked
from services.status import CHOICES

if TYPE_CHECKING:
    from uuid import UUID

SHORTEST, LONGEST = 10, 24 * 60 * 60
SCHEDULE = ("interval", "timeout", "degraded_after", "down_after", "recover_after", "latency_threshold_ms")
# Another answer to one of these is an answer about something else.
TARGET = ("kind", "url", "options")


def new_token() -> str:
    """Return a secret for the address that a watched job calls: 32 random bytes."""
    return secrets.token_urlsafe(32)


class Beat(models.Model):
    """The abstract base of the heartbeat's aspects. Seconds and milliseconds; ``next_check_at`` is when it is due.

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

    EDITABLE = (*TARGET, *SCHEDULE)

    if TYPE_CHECKING:
        component_id: UUID

    class Meta:
        abstract = True

    @property
    def is_paused(self) -> bool:
        """Say whether its checks rest. A pause with an end is over with the first check after it."""
        return not self.enabled or self.paused_until is not None

    @property
    def waits(self) -> bool:
        """Say whether the job tells, instead of being asked."""
        return self.kind in KINDS and KINDS[self.kind].waits

    def deadline(self, now: datetime) -> datetime | None:
        """Return the instant by which a job must call that has its whole time from ``now`` on.

        ``None`` where it has never called: it is not late, it may not know its address yet.
        """
        if self.last_checked_at is None:
            return None
        return push.due(now, interval=self.interval, grace=float(self.options.get("grace", 0)))

    def _begin(self, now: datetime) -> None:
        """Make the next check due, unless it rests, and refuse the one that may be running."""
        if not self.is_paused:
            self.next_check_at = self.deadline(now) if self.waits else now
        self._let_go()

    def _let_go(self) -> None:
        """Take the lease from a check that runs: its result is no longer about this."""
        self.lease_until = self.lease_token = None

    def _lock(self) -> None:
        component = self.component
        component.hold()
        lock(self)
        self.component = component

    def _settle(self, tell: Tell, message: str) -> None:
        """Have the component know that nobody knows."""
        if self.verdict is None and (self.is_paused or self.waits):
            self.component.take(None, tell, message)

    def _said(self) -> dict[str, Any]:
        """Return what an operator may have said, secrets masked."""
        fields = {name: getattr(self, name) for name in self.EDITABLE}
        return {**fields, "options": masked(self.kind, self.options)}

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        component = self.component
        tell(kind, subject=component.subject, services=[component.service_id], **detail)
