"""The first answer to a POST that carried an ``Idempotency-Key``, kept to be given again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.utils.timezone import now

from events.errors import Refused

KEPT = timedelta(hours=24)
# Longer than any request lives; a claim older than this belongs to a dead process.
LEASE = timedelta(seconds=60)


class StillRunning(Refused):
    """The first call with this key has not ended yet."""

    code = "still_running"


class OtherBody(Refused):
    """The key was used before with another body."""

    code = "other_body"


@dataclass(frozen=True, slots=True)
class Call:
    """What makes two calls the same: who, where, the key they chose, and the digest of what they sent."""

    caller: str
    route: str
    key: str
    digest: str


class StoredReply(models.Model):
    """A claim while the first call runs (``status`` is null until then), its answer afterwards.

    ``token`` names the process that holds the claim: only it may write the answer, so one that was taken for dead
    and wakes up again changes nothing.
    """

    caller = models.CharField(max_length=100)
    route = models.CharField(max_length=500)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    token = models.UUIDField(default=uuid.uuid4)
    lease_until = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "route", "key"], name="stored_reply_call")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"

    @classmethod
    def claim(cls, call: Call, at: datetime, kept: timedelta = KEPT) -> StoredReply:
        """Return a row that is ours to run, or one not older than ``kept`` that holds the answer (``status`` is set).

        Raises :class:`StillRunning` while somebody else holds it, :class:`OtherBody` when the digest differs.
        """
        try:
            with transaction.atomic(durable=True):
                return cls.objects.create(
                    caller=call.caller,
                    route=call.route,
                    key=call.key,
                    digest=call.digest,
                    lease_until=at + LEASE,
                    created_at=at,
                )
        except IntegrityError:
            return cls._claim_existing(call, at, kept)

    @classmethod
    def _claim_existing(cls, call: Call, at: datetime, kept: timedelta) -> StoredReply:
        with transaction.atomic(durable=True):
            row = cls.objects.select_for_update().filter(caller=call.caller, route=call.route, key=call.key).first()
            if row is None:
                # The first call failed and freed the key between our two statements.
                raise StillRunning("The same call has just ended. Send it again.")
            if row.created_at > at - kept or (row.status is None and row.lease_until > at):
                if row.digest != call.digest:
                    raise OtherBody("This Idempotency-Key was used before with another body.")
                if row.status is not None:
                    return row
                if row.lease_until > at:
                    raise StillRunning("The same call was sent before and is still running.")
            row.take_over(call, at)
            return row

    def take_over(self, call: Call, at: datetime) -> None:
        """Make the claim ours, whoever held it. The caller holds the row."""
        self.token, self.digest = uuid.uuid4(), call.digest
        self.lease_until, self.created_at = at + LEASE, at
        self.status, self.headers, self.body = None, {}, ""
        self.save()

    def answer(self, status: int, headers: dict[str, str], body: str) -> None:
        """Store the answer; raises :class:`StillRunning` when another process has taken the claim over."""
        ours = type(self).objects.filter(pk=self.pk, token=self.token)
        if not ours.update(status=status, headers=headers, body=body):
            raise StillRunning("Another process has taken over this call.")

    def free(self) -> None:
        """Give the key back after a refusal, so that a corrected call may use it."""
        type(self).objects.filter(pk=self.pk, token=self.token, status=None).delete()

    @classmethod
    def prune(cls, at: datetime) -> int:
        """Forget answers that are past their time. Return how many."""
        deleted, _ = cls.objects.filter(created_at__lte=at - KEPT).delete()
        return deleted
