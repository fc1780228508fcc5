"""Taking messages back before they go: all that one act told, or nothing of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from events.models import Cursor, Event
from notifications.kinds import FANOUT, UNDO, State
from notifications.models import Announcement, Delivery
from notifications.models.deliveries import DeliveryQuerySet

# As deliveries hold it.
CODE: Final = "withdrawn"
WHY: Final = "It was taken back before it went."


def withdraw(events: Sequence[int], *, by: Actor, now: datetime | None = None) -> int:
    """Take back the messages about these events of the log, all or none. Return how many were waiting already.

    It holds as well for those that are not made yet. Without ``now`` the clock is asked once nobody can make or claim
    them any more. Raises ``Refused`` when it is too late, and says what has gone.
    """
    with command(by, now=now) as tell:
        # Whoever makes messages has made these by now, or will see that they were taken back.
        Cursor.objects.select_for_update().get_or_create(consumer=FANOUT)
        about = Delivery.objects.filter(announcement__in=Announcement.objects.filter(event__in=events))
        dropped = about.waiting().filter(attempts=0).drop(CODE, WHY)
        told = _still_held(events, now or timezone.now())
        _refuse_if_any_went(about)
        Announcement.objects.filter(event__in=events).update(withdrawn_at=tell.now)
        for event in told:
            tell(
                Kind.MESSAGE_WITHDRAWN,
                subject=("event", event.pk, event.subject_name),
                services=event.service_ids,
                data={"event": event.pk, "kind": event.kind, event.subject_type: event.subject_id},
            )
    return dropped


def taken_back(events: Collection[int]) -> set[int]:
    """Return those of these events whose messages were taken back, made or not."""
    if not events:
        return set()
    said = Event.objects.filter(subject_type="event", subject_id__in=[str(event) for event in events])
    return {int(key) for key in said.filter(kind=Kind.MESSAGE_WITHDRAWN).values_list("subject_id", flat=True)}


def _still_held(events: Sequence[int], now: datetime) -> list[Event]:
    told = list(Event.objects.filter(pk__in=events).order_by("pk"))
    if not told:
        raise Refused("Nothing is sent about this, so there is nothing to take back.")
    if taken_back(events):
        raise Refused("It was taken back already.")
    if any(event.actor_kind != "user" or now - event.at > timedelta(seconds=UNDO) for event in told):
        raise Refused(f"It is too late: messages go out {UNDO} seconds after they were posted.")
    return told


def _refuse_if_any_went(about: DeliveryQuerySet) -> None:
    """Raise ``Refused`` where "nothing is sent" would be untrue. What was tried once may have arrived."""
    sent = about.filter(status=State.SENT).count()
    tried = about.exclude(status=State.SENT).filter(Q(lease_token__isnull=False) | Q(attempts__gt=0)).count()
    if sent or tried:
        # What was dropped before, for another reason, was to go to nobody.
        count = about.exclude(~Q(error_code=CODE), status=State.DROPPED).count()
        raise Refused(
            f"It is too late, and nothing was taken back: of {count} messages {sent} went out, "
            f"and {tried} more were tried or are on their way."
        )
