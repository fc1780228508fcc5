"""Overrides: somebody is on call whatever the layers say."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models

from accounts.models import User
from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock


class OverrideOver(Refused):
    """What has gone by is not rewritten."""

    code = "override_over"


class Override(models.Model):
    """``user`` is on call in ``[start, end)``. Of several at once the newest holds.

    ``replaces`` says for whom, to be read by people.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    schedule = models.ForeignKey("oncall.Schedule", models.CASCADE, related_name="overrides")
    user = models.ForeignKey(User, models.CASCADE, related_name="overrides")
    start = models.DateTimeField()
    end = models.DateTimeField()
    replaces = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150, blank=True)
    # The newest of its schedule has the highest.
    number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["start", "number"]
        indexes = [models.Index(fields=["schedule", "end"], name="override_of_schedule_by_end")]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="override_ends_after_its_start"),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.schedule}, {self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M} UTC"

    def finish(self, *, by: Actor, now: datetime | None = None) -> bool:
        """End it now; one that has not begun is taken back. Say whether it had begun.

        Raises :class:`OverrideOver` for one that is over.
        """
        with command(by, now=now) as tell:
            lock(self.schedule)
            lock(self)
            if self.end <= tell.now:
                raise OverrideOver("This override is over; what has gone by is not rewritten.")
            was = self.said()
            if self.start >= tell.now:
                self.delete()
                after: dict[str, Any] = {}
            else:
                self.end = tell.now
                self.save(update_fields=["end"])
                after = {"end": self.said()["end"]}
            before = {"end": was["end"]} if after else was
            self.schedule.tell_of(tell, Kind.OVERRIDE_ENDED, before=before, after=after, data={"user": was["user"]})
        return bool(after)

    def said(self) -> dict[str, Any]:
        """Return it as the log keeps it."""
        said = {"user": str(self.user), "start": self.start.isoformat(), "end": self.end.isoformat()}
        return said | ({"replaces": str(self.replaces)} if self.replaces else {})
