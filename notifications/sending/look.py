"""The state once more, at the moment of sending: nobody is told what they no longer want, or may no longer know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Q

from branding import DEFAULT_NAME
from branding.models import Brand
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident
from notifications.kinds import Audience, Purpose, Standing
from notifications.models import Announcement, Channel, Subscriber
from notifications.paging.look import Called, called, is_to_person
from notifications.sending import anew
from notifications.sending.claiming import Claim
from notifications.sending.wishes import unwanted
from services.models import Maintenance, Service

# What may be internal, of all that goes to channels.
INSIDE: Final = (Purpose.EVENT, Purpose.PAGE)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A message that nobody wants any more, and why."""

    claim: Claim
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class State:
    """What the rows say now, of all that some claims speak of."""

    announcements: dict[UUID, Announcement]
    subscribers: dict[UUID, Subscriber]
    channels: dict[UUID, Channel]
    # Those of ours whom some of them call in.
    called: Called = field(default_factory=Called)
    withdrawn: set[int] = field(default_factory=set)
    # Incidents, windows and services that the public sees, by type and id.
    public: set[tuple[str, str]] = field(default_factory=set)
    unwanted: frozenset[UUID] = frozenset()
    # What this installation is called.
    name: str = DEFAULT_NAME

    def objection(self, claim: Claim) -> tuple[str, str] | None:
        """Return why a message is not sent, as a code and a sentence; ``None`` if it is."""
        announcement = self.announcements.get(claim.announcement_id)
        if announcement is None or announcement.withdrawn_at or announcement.events & self.withdrawn:
            return "withdrawn", "It was taken back before it went."
        if announcement.audience == Audience.PUBLIC and not announcement.named <= self.public:
            return "not_public", "What it is about is no longer public."
        if claim.id in self.unwanted:
            return "unwanted", "The subscriber asks for other things by now."
        if is_to_person(claim) or claim.purpose == Purpose.PAGE:
            why = self.called.objection(claim, announcement)
            if why or is_to_person(claim):
                return why
        if claim.channel_id is not None:
            return self._of_channel(claim, self.channels.get(claim.channel_id), announcement)
        return self._of_subscriber(claim, self.subscribers.get(claim.subscriber_id) if claim.subscriber_id else None)

    def _of_channel(self, claim: Claim, channel: Channel | None, announcement: Announcement) -> tuple[str, str] | None:
        if channel is None:
            return "gone_from_here", "The channel was deleted."
        if not channel.enabled and claim.purpose != Purpose.TEST:
            return "switched_off", "The channel is switched off."
        if claim.purpose in INSIDE and Audience.INTERNAL == announcement.audience != channel.audience:
            return "not_public", "The channel is for the public by now, and this is not."
        return None

    def _of_subscriber(self, claim: Claim, subscriber: Subscriber | None) -> tuple[str, str] | None:
        if subscriber is None:
            return "left", "The subscriber has left."
        if claim.purpose == Purpose.CONFIRMATION:
            # An address that had refused may ask again: it is told once more when it says yes.
            return ("confirmed", "The subscriber has confirmed already.") if subscriber.is_told else None
        if subscriber.stopped_at is not None:
            return "stopped", "Nothing is sent to this address: it refused a message for good."
        if subscriber.status == Standing.CONFIRMED:
            return None
        return "unconfirmed", "The subscriber has not confirmed."


def look(claims: Sequence[Claim]) -> State:
    """Read what these claims speak of, in a few queries for all of them."""
    announcements = Announcement.objects.in_bulk({each.announcement_id for each in claims})
    subscribers = Subscriber.objects.in_bulk(_some(each.subscriber_id for each in claims))
    outside = [each for each in announcements.values() if each.audience == Audience.PUBLIC]
    public = set(_public(outside))
    events, withdrawn = _of_log({event for each in announcements.values() for event in each.events})
    for each in outside:
        anew.without(each, events.get(each.event or 0), public, withdrawn)
    return State(
        announcements=announcements,
        subscribers=subscribers,
        channels=Channel.objects.in_bulk(_some(each.channel_id for each in claims)),
        called=called(claims, announcements),
        withdrawn=withdrawn,
        public=public,
        unwanted=unwanted(claims, events, subscribers),
        name=Brand.name_now(),
    )


def _some(keys: Iterable[UUID | None]) -> set[UUID]:
    return {key for key in keys if key is not None}


def _of_log(events: set[int]) -> tuple[dict[int, Event], set[int]]:
    """Return these events, and those that were taken back, even if that was said before their messages were made."""
    if not events:
        return {}, set()
    back = Q(subject_type="event", subject_id__in=[str(event) for event in events], kind=Kind.MESSAGE_WITHDRAWN)
    rows = list(Event.objects.filter(Q(pk__in=events) | back))
    withdrawn = {int(row.subject_id) for row in rows if row.kind == Kind.MESSAGE_WITHDRAWN}
    return {row.pk: row for row in rows if row.pk in events}, withdrawn & events


def _public(announcements: Iterable[Announcement]) -> Iterable[tuple[str, str]]:
    by_type: dict[str, set[str]] = {}
    for kind, key in {about for each in announcements for about in each.named}:
        by_type.setdefault(kind, set()).add(key)
    for kind, keys in by_type.items():
        rows = {
            "incident": Incident.objects.visible(),
            "maintenance": Maintenance.objects.visible(),
            "service": Service.objects.filter(public=True),
        }.get(kind)
        if rows is not None:
            yield from ((kind, str(key)) for key in rows.filter(pk__in=keys).values_list("pk", flat=True))
