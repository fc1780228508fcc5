"""From the log to the people it calls in. A consumer of its own: no page waits until thousands of mails are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final, TypeAlias

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts.models import User
from alerts.paging.unreached import go_on
from events.kinds import Kind
from events.models import Event
from notifications.kinds import Audience, Lane, Purpose
from notifications.models import Announcement, Channel, Delivery
from notifications.models.addressing import Reached
from notifications.paging import reminding
from notifications.paging.gathering import gather
from notifications.reading import read_on
from notifications.sending.clock import past
from notifications.telling.pages import words_of
from notifications.telling.place import place_for
from notifications.transports.outcome import Words
from notifications.wording.ways import is_it_yours
from oncall.links import LASTING
from oncall.models import ContactWay
from oncall.reach import ways_of

log = structlog.get_logger(__name__)
HOUR: Final = timedelta(hours=1)
# Messages of one transaction.
ENOUGH: Final = 500
_Maker: TypeAlias = Callable[[Event], int]


def consume(events: Sequence[Event]) -> int:
    """Put messages on their way to those whom these events call in. Return how many were read: the relay's consumer.

    What comes a second time makes no second message, and what cannot be worded holds up nobody behind it.
    """
    return read_on(events, _announce, lane=Lane.PAGE, enough=ENOUGH)


def _announce(event: Event) -> int:
    maker = _MAKERS.get(event.kind)
    if maker is None:
        return 0
    try:
        with transaction.atomic():
            return maker(event)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        _passed(event, because=f"The message could not be made ({type(error).__name__}).")
        raise


def _page(event: Event) -> int:
    """Make the messages of one page: to each person by all of their ways, each after its delay, and to channels."""
    announcement = _announced(event, words_of)
    if announcement is None:
        return 0
    now, begun = timezone.now(), past(event.at)
    recipients: list[tuple[Reached | Channel, timedelta]] = [*_people(event), *_channels(event)]
    rows = [
        Delivery.to(to, announcement, purpose=Purpose.PAGE, lane=Lane.PAGE, due=begun + delay, now=now)
        for to, delay in recipients
    ]
    if not rows and not event.data.get("spared"):
        log.warning("page_reaches_nobody", number=event.pk, incident=event.subject_id)
        _passed(event, because="None of them can be reached any more.")
    gather(rows, event.data["reason"])
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _passed(event: Event, *, because: str) -> None:
    """Let the page go on where its step reaches nobody: their accounts or ways are gone, or it cannot be worded."""
    page = event.data.get("page")
    if page and event.kind == Kind.ONCALL_PAGED:
        with transaction.atomic():
            go_on(page, event.at, because=because, now=event.at)


def _people(event: Event) -> Iterable[tuple[Reached, timedelta]]:
    """Yield the ways to those who are named, in the order in which they are named."""
    keys = list(event.data.get("people") or ())
    rows = User.objects.filter(pk__in=keys).prefetch_related("contact_ways")
    found = {str(user.pk): user for user in rows}
    for user in (found[key] for key in dict.fromkeys(keys) if key in found):
        for way in ways_of(user):
            yield Reached(user, way.key, way.kind), timedelta(seconds=way.delay)


def _channels(event: Event) -> Iterable[tuple[Channel, timedelta]]:
    named = Channel.objects.filter(pk__in=list(event.data.get("channels") or ()), enabled=True).order_by("name")
    yield from ((channel, timedelta()) for channel in named if channel.has_words(event.kind))


def _question(event: Event) -> int:
    """Ask whoever reads a new contact way whether it is theirs."""
    way = ContactWay.objects.select_related("user").filter(pk=event.subject_id, verified_at=None).first()
    announcement = _announced(event, lambda event: _asking(event, way)) if way else None
    if way is None or announcement is None:
        return 0
    to, purpose, lane = Reached(way.user, str(way.pk), way.kind), Purpose.CONFIRMATION, Lane.CONFIRMATION
    row = Delivery.to(to, announcement, purpose=purpose, lane=lane, due=past(event.at), now=timezone.now())
    row.save(force_insert=True)
    return 1


def _reminder(event: Event) -> int:
    """Remind the owner of an action item that its day is over."""
    to = reminding.reached(event)
    announcement = _announced(event, reminding.words_of) if to else None
    return 0 if to is None or announcement is None else reminding.send(to, announcement, event)


def _promise(event: Event) -> int:
    """Remind whoever keeps the promise of a next update, before it is due."""
    to = reminding.reached(event)
    announcement = _announced(event, reminding.words_of_promise) if to else None
    return 0 if to is None or announcement is None else reminding.send(to, announcement, event, lane=Lane.URGENT)


def _asking(event: Event, way: ContactWay) -> Words:
    return is_it_yours(place_for(Audience.INTERNAL), str(way.user), event.at, hours=LASTING // HOUR)


def _announced(event: Event, words: Callable[[Event], Words | None]) -> Announcement | None:
    """Word an event once; ``None`` where that was done before, or there is nothing to be said any more."""
    if Announcement.objects.filter(event=event.pk, audience=Audience.INTERNAL).exists():
        return None
    found = words(event)
    if found is None:
        return None
    announcement = Announcement.of(found, Audience.INTERNAL, event)
    announcement.save(force_insert=True)
    return announcement


_MAKERS: Mapping[str, _Maker] = {
    Kind.ONCALL_PAGED: _page,
    Kind.CONTACT_WAY_ADDED: _question,
    Kind.CONTACT_WAY_ASKED: _question,
    Kind.ACTION_ITEM_OVERDUE: _reminder,
    Kind.INCIDENT_UPDATE_DUE: _promise,
}
