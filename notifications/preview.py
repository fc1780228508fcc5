"""What is sent about a change, and to how many, before it is made; and how it is taken back (``ANNOUNCEMENTS``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.safestring import mark_safe

from branding.models import Brand
from events.actors import Actor
from events.kinds import Kind
from events.models import Event
from notifications import withdrawing
from notifications.audience import Reach, reach_of
from notifications.fates import fates as of_acts
from notifications.kinds import UNDO, Audience
from notifications.mail.headers import clean, subject
from notifications.recipients import count, daily
from notifications.series import says_it_again
from notifications.telling import words_of
from notifications.transports.outcome import Words
from notifications.withdrawing import taken_back
from services.announcements import NOBODY, Draft, Fate, Going, Held, Message


def draft_of(events: Sequence[Event]) -> Draft:
    """Word the message of one act while its rows stand: the one for subscribers, or else the one for channels inside.

    To how many it goes is counted by what comes back: that takes time, and needs none of those rows.
    """
    drafts = list(_drafted(events))
    return lambda: next(filter(None, (_counted(*draft) for draft in drafts)), None)


def _drafted(events: Sequence[Event]) -> Iterator[tuple[Words, Reach, datetime]]:
    for event, reach in sorted(_announced(events), key=lambda found: not found[1].outside):
        words = words_of(event, Audience.PUBLIC if reach.outside else Audience.INTERNAL)
        if words is not None:
            yield words, reach, event.at
            if reach.outside:
                return


def _counted(words: Words, reach: Reach, at: datetime) -> Message | None:
    going = _going(reach, at)
    if not (reach.outside or going):
        return None
    return Message(
        subject=clean(subject(words, Brand.name_now())),
        heading=words.subject,
        text=words.text,
        # Escaped text and sanitised Markdown (``notifications.wording.sheet``).
        html=mark_safe(words.html),  # noqa: S308
        recipients=going,
        outside=reach.outside,
    )


def recipients(event: Event) -> Going:
    """Return to how many a message about an event would go that has not happened yet."""
    reach = reach_of(event)
    return _going(reach, timezone.now()) if reach else NOBODY


def _going(reach: Reach, at: datetime) -> Going:
    return Going(count(reach, at), daily(reach, at))


def held(events: Sequence[Event], now: datetime) -> Held | None:
    """Return what of one act's messages can be taken back; ``None`` if nothing goes out, or it is too late."""
    found = [one for one in _announced(events) if _may_be_regretted(*one)]
    going = _going(found[0][1], found[0][0].at) if found else NOBODY
    if not going or now - found[0][0].at > timedelta(seconds=UNDO) or taken_back([found[0][0].pk]):
        return None
    outside = any(reach.outside for _, reach in found)
    return Held(going, found[0][0].at + timedelta(seconds=UNDO), outside=outside)


def withdraw(events: Sequence[Event], *, by: Actor, now: datetime | None = None) -> None:
    """Take back the messages of one act. Raises ``Refused`` when it is too late, or was done already."""
    said = [event.pk for event, reach in _announced(events) if not reach.told_with]
    withdrawing.withdraw(said, by=by, now=now)


def fates(events: Sequence[Event]) -> dict[datetime, Fate]:
    """Return what became of the messages about these events, by the instant of the act."""
    return of_acts(events)


def _may_be_regretted(event: Event, reach: Reach) -> bool:
    """Say whether anybody may want it unsaid: who has it is no secret among those inside, and nobody else hears it."""
    return not reach.told_with and event.kind not in {Kind.INCIDENT_ACKNOWLEDGED, Kind.INCIDENT_ASSIGNED}


def _announced(events: Sequence[Event]) -> Iterator[tuple[Event, Reach]]:
    """Yield the events of an act that are told to anybody, with whom; of a series the first window stands for all."""
    for event in events:
        reach = reach_of(event)
        if reach is not None and not says_it_again(event):
            yield event, reach
