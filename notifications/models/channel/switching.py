"""On and off: by a person, and by itself when a target keeps failing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from events.actors import SYSTEM, Actor
from events.command import command
from events.kinds import Kind
from events.locking import lock
from notifications.models.channel.fields import ChannelFields

# So many tries in vain in a row, over so long a time: a receiver that is down for a night is not given up.
FAILURES: Final = 5
LASTING: Final = timedelta(hours=24)


class Switching(ChannelFields):
    """A channel that is off is told nothing, and what waited for it is not sent later."""

    class Meta:
        abstract = True

    def switch_off(self, *, by: Actor, because: str = "", now: datetime | None = None) -> None:
        """Tell it nothing more. A second time changes nothing."""
        with command(by, now=now) as tell:
            lock(self)
            if not self.enabled:
                tell.nothing()
                return
            self.enabled, self.off_because, self.updated_at = False, because[:300], tell.now
            self.off_by, self.off_at, self.off_seen_at = "" if by == SYSTEM else str(by)[:150], tell.now, None
            self.save()
            self.tell_of(tell, Kind.CHANNEL_SWITCHED_OFF, data={"because": self.off_because} if because else {})

    def switch_on(self, *, by: Actor, now: datetime | None = None) -> None:
        """Tell it again from now on; what it missed does not come after. A second time changes nothing."""
        with command(by, now=now) as tell:
            lock(self)
            if self.enabled:
                tell.nothing()
                return
            self.enabled, self.off_because, self.updated_at = True, "", tell.now
            self.off_by, self.off_at, self.off_seen_at = "", None, None
            self.failures, self.failing_since, self.failing_because = 0, None, ""
            self.save()
            self.tell_of(tell, Kind.CHANNEL_SWITCHED_ON)

    def see(self, *, by: Actor, now: datetime | None = None) -> None:
        """Note that somebody knows that it was switched off by itself. A second time changes nothing."""
        with command(by, now=now) as tell:
            lock(self)
            if not self.is_broken or self.off_seen_at is not None:
                tell.nothing()
                return
            self.off_seen_at = tell.now
            self.save(update_fields=["off_seen_at"])
            self.tell_of(tell, Kind.CHANNEL_SEEN)

    def answered(self, *, now: datetime) -> None:  # noqa: ARG002 - a verb takes the time
        """Note that a message went through; nobody changed anything, so there is no event."""
        type(self)._default_manager.filter(pk=self.pk).update(failures=0, failing_since=None, failing_because="")

    def refused(self, *, because: str, now: datetime, for_good: bool = False, shared: bool = False) -> None:
        """Note that a try was in vain. One that keeps failing, or is gone for good, is switched off.

        ``shared``: it was the way that failed, which others take too, so nothing is switched off for it.
        """
        type(self)._default_manager.filter(pk=self.pk).update(
            failures=F("failures") + 1,
            failing_since=Coalesce("failing_since", Value(now)),
            failing_because=because[:300],
        )
        self.refresh_from_db()
        lasts = self.failures >= FAILURES and now - (self.failing_since or now) >= LASTING
        if for_good or (lasts and not shared):
            self.switch_off(by=SYSTEM, because=because, now=now)
