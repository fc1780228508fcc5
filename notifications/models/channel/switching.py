"""On and off: by a person, and by itself when a target keeps failing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from events.actors import SYSTEM, Actor
from events.command import command
from events.kinds import Kind
from events.locking import lock
from notifications.models.channel.fields import ChannelFields

# So many refusals in a row, over so long a time: a receiver that is down for a night is not given up.
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
            self.failures, self.failing_since = 0, None
            self.save()
            self.tell_of(tell, Kind.CHANNEL_SWITCHED_ON)

    def answered(self, *, now: datetime) -> None:  # noqa: ARG002 - a verb takes the time
        """Note that a message went through; nobody changed anything, so there is no event."""
        type(self)._default_manager.filter(pk=self.pk).update(failures=0, failing_since=None)

    def refused(self, *, because: str, now: datetime, for_good: bool = False) -> None:
        """Note that a message came to nothing. One that keeps failing, or is gone for good, is switched off."""
        rows = type(self)._default_manager.filter(pk=self.pk)
        rows.filter(failing_since=None).update(failing_since=now)
        rows.update(failures=F("failures") + 1)
        self.refresh_from_db()
        since = self.failing_since or now
        if for_good or (self.failures >= FAILURES and now - since >= LASTING):
            self.switch_off(by=SYSTEM, because=because, now=now)
