"""What is sent about a change, and to how many, before it is made; and how it is taken back (``ANNOUNCEMENTS``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.safestring import mark_safe

from events.actors import Actor
from events.models import Event
from notifications import withdrawing
from notifications.audience import Reach, reach_of
from notifications.kinds import UNDO, Audience
from notifications.mail.headers import clean, subject
from notifications.recipients import count
from notifications.series import says_it_again
from notifications.telling import words_of
from notifications.withdrawing import taken_back
from services.announcements import Held, Message


def message_of(events: Sequence[Event]) -> Message | None:
    """Return the message of one act, as it would go: the one for subscribers, or else the one for channels inside."""
    for event, reach in sorted(_announced(events), key=lambda found: not found[1].outside):
        audience = Audience.PUBLIC if reach.outside else Audience.INTERNAL
        words, going = words_of(event, audience), count(reach, event.at)
        if words is not None and (reach.outside or going):
            return Message(
                subject=clean(subject(words)),
                heading=words.subject,
                text=words.text,
                # Escaped text and sanitised Markdown (``notifications.wording.sheet``).
                html=mark_safe(words.html),  # noqa: S308
                recipients=going,
                outside=reach.outside,
            )
    return None


def recipients(event: Event) -> int:
    """Return to how many a message about an event would go that has not happened yet."""
    reach = reach_of(event)
    return count(reach, timezone.now()) if reach else 0


def held(events: Sequence[Event], now: datetime) -> Held | None:
    """Return what of one act's messages can be taken back; ``None`` if nothing goes out, or it is too late."""
    found = list(_announced(events))
    going = count(found[0][1], found[0][0].at) if found else 0
    if not going or now - found[0][0].at > timedelta(seconds=UNDO) or taken_back([found[0][0].pk]):
        return None
    return Held(going, found[0][0].at + timedelta(seconds=UNDO))


def withdraw(events: Sequence[Event], *, by: Actor, now: datetime | None = None) -> None:
    """Take back the messages of one act. Raises ``Refused`` when it is too late, or was done already."""
    withdrawing.withdraw([event.pk for event, _ in _announced(events)], by=by, now=now)


def _announced(events: Sequence[Event]) -> Iterator[tuple[Event, Reach]]:
    """Yield the events of an act that are told to anybody, with whom; of a series the first window stands for all."""
    for event in events:
        reach = reach_of(event)
        if reach is not None and not says_it_again(event):
            yield event, reach
