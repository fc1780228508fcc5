"""The verbs of a heartbeat by which its checks rest and go on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from events.actors import Actor
from events.command import command
from events.kinds import Kind
from services.models.beat import Beat

LONGEST_PAUSE = timedelta(days=366)


class Pausing(Beat):
    """While its checks rest nobody knows how the component is."""

    class Meta:
        abstract = True

    def pause(self, *, by: Actor, until: datetime | None = None, now: datetime | None = None) -> None:
        """Let the checks rest, until they are resumed or ``until`` has come; that is at most a year ahead."""
        with command(by, now=now) as tell:
            self._lock()
            _refuse_end(until, tell.now)
            if self.is_paused and self.paused_until == until:
                tell.nothing()
                return
            self.enabled, self.paused_until, self.next_check_at = until is not None, until, until
            self._let_go()
            self.verdict = None
            self.save()
            self._tell(tell, Kind.HEARTBEAT_PAUSED, after={"until": until})
            self._settle(tell, "The heartbeat is paused.")

    def resume(self, *, by: Actor, now: datetime | None = None) -> None:
        """Let the checks go on; the first is due at once."""
        with command(by, now=now) as tell:
            self._lock()
            if not self.is_paused:
                tell.nothing()
                return
            self.enabled, self.paused_until = True, None
            self._begin(tell.now)
            self.save()
            self._tell(tell, Kind.HEARTBEAT_RESUMED)

    def pause_is_over(self, now: datetime) -> bool:
        """Say whether a pause with an end has come to it."""
        return self.paused_until is not None and self.paused_until <= now

    def end_pause(self, now: datetime) -> None:
        """Let a job whose pause is over have its whole time anew. The caller holds the row.

        Nothing is told: that it would end then was told with the pause.
        """
        self.paused_until = None
        self._begin(now)
        self.save(update_fields=["paused_until", "next_check_at", "lease_until", "lease_token"])


def _refuse_end(until: datetime | None, now: datetime) -> None:
    if until is not None and until <= now:
        raise ValidationError({"until": "This has passed already. Name an instant that is still to come."})
    if until is not None and until > now + LONGEST_PAUSE:
        raise ValidationError({"until": "That is more than a year ahead. Pause without an end, or until sooner."})
