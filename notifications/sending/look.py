"""The state once more, at the moment of sending: nobody is told what they no longer want, or may no longer know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from events.kinds import Kind
from events.models import Event
from incidents.models import Incident
from notifications.kinds import Audience, Purpose, Standing
from notifications.models import Announcement, Channel, Subscriber
from notifications.sending.claiming import Claim
from services.models import Maintenance, Service


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
    withdrawn: set[int] = field(default_factory=set)
    # Incidents, windows and services that the public sees, by type and id.
    public: set[tuple[str, str]] = field(default_factory=set)

    def objection(self, claim: Claim) -> tuple[str, str] | None:
        """Return why a message is not sent, as a code and a sentence; ``None`` if it is."""
        announcement = self.announcements.get(claim.announcement_id)
        if announcement is None or claim.event in self.withdrawn or announcement.withdrawn_at:
            return "withdrawn", "It was taken back before it went."
        if announcement.audience == Audience.PUBLIC and not announcement.subjects <= self.public:
            return "not_public", "What it is about is no longer public."
        if claim.channel_id is not None:
            return self._of_channel(claim, self.channels.get(claim.channel_id))
        return self._of_subscriber(claim, self.subscribers.get(claim.subscriber_id) if claim.subscriber_id else None)

    def _of_channel(self, claim: Claim, channel: Channel | None) -> tuple[str, str] | None:
        if channel is None:
            return "gone_from_here", "The channel was deleted."
        if not channel.enabled and claim.purpose != Purpose.TEST:
            return "switched_off", "The channel is switched off."
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
    told = announcements.values()
    return State(
        announcements=announcements,
        subscribers=Subscriber.objects.in_bulk(_some(each.subscriber_id for each in claims)),
        channels=Channel.objects.in_bulk(_some(each.channel_id for each in claims)),
        withdrawn=_withdrawn({each.event for each in told if each.event is not None}),
        public=set(_public([each for each in told if each.audience == Audience.PUBLIC])),
    )


def _some(keys: Iterable[UUID | None]) -> set[UUID]:
    return {key for key in keys if key is not None}


def _withdrawn(events: set[int]) -> set[int]:
    """Return those that were taken back, even if that was said before their messages were made."""
    if not events:
        return set()
    said = Event.objects.filter(subject_type="event", subject_id__in=[str(event) for event in events])
    return {int(key) for key in said.filter(kind=Kind.MESSAGE_WITHDRAWN).values_list("subject_id", flat=True)}


def _public(announcements: Iterable[Announcement]) -> Iterable[tuple[str, str]]:
    by_type: dict[str, set[str]] = {}
    for kind, key in {about for each in announcements for about in each.subjects}:
        by_type.setdefault(kind, set()).add(key)
    for kind, keys in by_type.items():
        rows = {
            "incident": Incident.objects.visible(),
            "maintenance": Maintenance.objects.visible(),
            "service": Service.objects.filter(public=True),
        }.get(kind)
        if rows is not None:
            yield from ((kind, str(key)) for key in rows.filter(pk__in=keys).values_list("pk", flat=True))
