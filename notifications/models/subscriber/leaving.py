"""The end of being told: leaving, being removed, and addresses that refuse what is sent to them."""

from __future__ import annotations

from datetime import datetime

from events.actors import CLOCK, SYSTEM, Actor
from events.command import command
from events.kinds import Kind
from events.locking import lock
from incidents.lifecycle import IncidentStatus
from notifications.links import Reader
from notifications.models.subscriber.fields import SubscriberFields

# Rows of one transaction.
SOME = 500


class Leaving(SubscriberFields):
    """The verbs that end it. A row goes for good: nothing of who has left is kept but a masked line in the log."""

    class Meta:
        abstract = True

    @classmethod
    def leave(cls, reader: Reader, *, now: datetime | None = None) -> int:
        """End all that an address has asked for; return how much that was. A second time changes nothing."""
        rows = cls._default_manager.filter(way=reader.way, address=reader.address)
        first = rows.first()
        with command(first.itself if first else SYSTEM, now=now) as tell:
            ended = list(rows.select_for_update())
            if not ended:
                tell.nothing()
            for row in ended:
                row.tell_of(tell, Kind.SUBSCRIBER_LEFT, before=row.facts())
            rows.delete()
        return len(ended)

    def end(self, *, now: datetime | None = None) -> None:
        """End this one alone, by whoever holds the link."""
        self._go(self.itself, Kind.SUBSCRIBER_LEFT, now)

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """End this one, by an operator."""
        self._go(by, Kind.SUBSCRIBER_REMOVED, now)

    def stop(self, *, by: Actor, because: str, now: datetime | None = None) -> None:
        """Send nothing to this address any more: it refuses for good. A second time changes nothing.

        ``because`` is a sentence of ours. A new yes, or an operator's :meth:`resume`, ends it.
        """
        with command(by, now=now) as tell:
            alike = type(self)._default_manager.filter(way=self.way, address=self.address, stopped_at=None)
            if not alike.update(stopped_at=tell.now, stopped_because=because[:300]):
                tell.nothing()
                return
            self.stopped_at, self.stopped_because = tell.now, because[:300]
            self.tell_of(tell, Kind.SUBSCRIBER_STOPPED, data={"because": because[:300]})

    def resume(self, *, by: Actor, now: datetime | None = None) -> None:
        """Try the address again, by an operator; a second time changes nothing."""
        with command(by, now=now) as tell:
            lock(self)
            alike = type(self)._default_manager.filter(way=self.way, address=self.address, stopped_at__isnull=False)
            if not alike.update(stopped_at=None, stopped_because=""):
                tell.nothing()
                return
            before, self.stopped_at, self.stopped_because = self.stopped_because, None, ""
            self.tell_of(tell, Kind.SUBSCRIBER_CHANGED, before={"stopped": before}, after={"stopped": ""})

    @classmethod
    def forget_followers(cls, before: datetime, *, now: datetime | None = None) -> int:
        """Delete those who followed an incident that was resolved before this, some at a time. Return how many."""
        with command(CLOCK, now=now) as tell:
            over = cls._default_manager.filter(
                incident__status=IncidentStatus.RESOLVED, incident__resolved_at__lt=before
            )
            keys = list(over.order_by("pk").values_list("pk", flat=True)[:SOME])
            if not keys:
                tell.nothing()
                return 0
            cls._default_manager.filter(pk__in=keys).delete()
            tell(Kind.SUBSCRIBERS_FORGOTTEN, subject=("subscribers", "", "followers"), data={"count": len(keys)})
        return len(keys)

    def _go(self, by: Actor, kind: Kind, now: datetime | None) -> None:
        with command(by, now=now) as tell:
            lock(self)
            self.tell_of(tell, kind, before=self.facts())
            self.delete()
