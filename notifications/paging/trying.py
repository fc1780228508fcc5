"""A test by one way to one person, while they wait for how it ends (``PAGING_TRIAL``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from notifications.kinds import Audience, Lane, Purpose, State
from notifications.models import Announcement, Delivery
from notifications.models.addressing import Reached
from notifications.telling.place import place_for
from notifications.wording import by_hand
from oncall.models import ContactWay
from services.probes.awaited import awaited

# A worker has it only if whoever asked did not come to it.
_OWN: Final = timedelta(minutes=2)


def trial(way: ContactWay, *, by: Actor, now: datetime | None = None) -> str:
    """Send a test there, once, and return why it failed; empty where it was taken. Takes at most half a minute.

    Raises ``Refused`` for a way that is not used, and ``TooManyChecks``.
    """
    from notifications.sending.runner import send_one

    if not way.is_usable:
        raise Refused("Nothing goes there yet: follow the link that was sent there, and switch it on.")
    with awaited():
        ended = send_one(_waiting(way, by, now).pk)
    unsent = Delivery.objects.filter(pk=ended.pk, status=State.PENDING, lease_token=None)
    unsent.update(status=State.FAILED, next_attempt_at=None)
    return "" if ended.status == State.SENT else ended.last_error or "It has not been taken yet."


def _waiting(way: ContactWay, by: Actor, now: datetime | None) -> Delivery:
    with command(by, now=now) as tell:
        words = by_hand.test(place_for(Audience.INTERNAL), str(way), by.name or "Somebody", tell.now)
        announcement = Announcement.of(words, Audience.INTERNAL)
        announcement.save(force_insert=True)
        to, due = Reached(way.user, str(way.pk), way.kind), tell.now + _OWN
        row = Delivery.to(to, announcement, purpose=Purpose.TEST, lane=Lane.URGENT, due=due, now=tell.now)
        row.save(force_insert=True)
        tell(Kind.CONTACT_WAY_TESTED, subject=way.subject, data={"user": str(way.user_id), "delivery": str(row.pk)})
    return row
