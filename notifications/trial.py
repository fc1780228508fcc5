"""Sending a test through a channel while somebody waits for how it ends."""

from __future__ import annotations

from datetime import datetime

from events.actors import Actor
from notifications.kinds import State
from notifications.models import Channel, Delivery
from notifications.telling.place import place_for
from notifications.wording import by_hand
from services.probes.awaited import awaited


def trial(channel: Channel, *, by: Actor, mail: str = "", now: datetime) -> Delivery:
    """Send a test to this channel alone, and return it with how it ended; takes at most half a minute.

    ``mail`` is the address of whoever asked: a test of mail goes there in place of the channel's list. It is tried
    once: nobody wants a test hours later. Raises ``TooManyChecks``.
    """
    from notifications.sending.runner import send_one

    words = by_hand.test(place_for(channel.audience), channel.name, by.name or "Somebody", now)
    with awaited():
        waiting = channel.put_to_the_test(words, by=by, only_to=mail, now=now)
        return _ended(send_one(waiting.pk))


def _ended(delivery: Delivery) -> Delivery:
    """Give up what would be tried again."""
    mine = Delivery.objects.filter(pk=delivery.pk, status=State.PENDING, lease_token=None)
    if mine.update(status=State.FAILED, next_attempt_at=None, links=""):
        delivery.refresh_from_db()
    return delivery
