"""From the log to deliveries: a consumer of the relay, so its rows stand in the transaction that moves its cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from events.models import Event
from notifications.audience import Reach, reach_of
from notifications.inserting import insert
from notifications.kinds import UNDO, Audience, Lane, Purpose
from notifications.models import Announcement, Channel, Delivery
from notifications.reading import read_on
from notifications.recipients import channels_of, subscribers_of
from notifications.series import says_it_again
from notifications.telling import words_of
from notifications.withdrawing import taken_back

# Messages of one transaction: on SQLite nobody else writes meanwhile. One event's stand together, however many.
ENOUGH: Final = 2000


def consume(events: Sequence[Event]) -> int:
    """Put the messages about these events on their way, and return how many events were read. The relay's consumer.

    A batch that comes a second time makes no second message: an event is announced once to each audience and told once
    to each recipient, which the database sees to. An event that cannot be worded holds up none behind it: it is passed
    over, and the log says so.
    """
    return read_on(events, _announce, lane=Lane.URGENT, enough=ENOUGH)


def _announce(event: Event) -> int:
    """Make the rows of one event, all of them or none. Return how many messages that gave."""
    reach = reach_of(event)
    if reach is None:
        return 0
    with transaction.atomic():
        return _announced(event, reach)


def _announced(event: Event, reach: Reach) -> int:
    if says_it_again(event) or _was_taken_back(event):
        return 0
    channels = list(channels_of(reach, event.at))
    made = _for(Audience.INTERNAL, event, [each for each in channels if each.audience == Audience.INTERNAL])
    if not reach.outside:
        return made
    return made + _for(Audience.PUBLIC, event, [each for each in channels if each.audience == Audience.PUBLIC], reach)


def _for(audience: Audience, event: Event, channels: Sequence[Channel], reach: Reach | None = None) -> int:
    """Word the event for one audience and insert its messages.

    What outsiders may know is worded even if nobody is told now: digests are made of it.
    """
    wanted = channels or (reach is not None and reach.modes)
    if not wanted or Announcement.objects.filter(event=event.id, audience=audience).exists():
        return 0
    words = words_of(event, audience)
    if words is None:
        return 0
    announcement = Announcement.of(words, audience, event)
    announcement.save(force_insert=True)
    now, due = timezone.now(), due_of(event)
    rows = [
        Delivery.to(channel, announcement, purpose=Purpose.EVENT, lane=Lane.URGENT, due=due, now=now)
        for channel in channels
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if reach is None or not reach.modes:
        return len(rows)
    to = subscribers_of(reach, event.at).values_list("pk", "way", "address")
    return len(rows) + insert(announcement, to, due=due, now=now)


def _was_taken_back(event: Event) -> bool:
    """Say whether a person wanted the message no more before it was made."""
    return event.actor_kind == "user" and bool(taken_back([event.pk]))


def due_of(event: Event) -> datetime:
    """Return when its messages go: what a person did can be taken back for some seconds, all else goes at once."""
    return event.at + timedelta(seconds=UNDO) if event.actor_kind == "user" else event.at
