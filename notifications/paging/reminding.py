"""Reminders, of an action item or a promised update: one message to one person, mail before other ways."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from events.models import Event
from notifications.kinds import Audience, Lane, Purpose, Way
from notifications.models import Announcement, Delivery
from notifications.models.addressing import Reached
from notifications.sending.clock import past
from notifications.telling.place import place_for
from notifications.transports.outcome import Words
from notifications.wording import tasks
from oncall.reach import ways_of


def words_of(event: Event) -> Words:
    """Return what the owner is told."""
    data = event.data
    incident, due = (data["incident"], data["incident_title"]), date.fromisoformat(data["due_date"])
    return tasks.overdue(event.subject_name, incident, due, event.at, place_for(Audience.INTERNAL))


def reached(event: Event) -> Reached | None:
    """Return the owner by the way that the reminder goes; ``None`` where nobody has it, or cannot be reached."""
    owner = User.objects.prefetch_related("contact_ways").filter(pk=event.data.get("owner")).first()
    ways = sorted(ways_of(owner), key=lambda way: way.kind != Way.EMAIL) if owner else []
    return Reached(owner, ways[0].key, ways[0].kind) if owner and ways else None


def words_of_promise(event: Event) -> Words:
    """Return what whoever keeps a promised update is told."""
    due, incident = datetime.fromisoformat(event.data["next_update_by"]), (event.subject_id, event.subject_name)
    return tasks.update_due(incident, due, event.at, place_for(Audience.INTERNAL))


def send(to: Reached, announcement: Announcement, event: Event, *, lane: Lane = Lane.BULK) -> int:
    """Put it on its way. Return how many messages that are."""
    due = past(event.at)
    row = Delivery.to(to, announcement, purpose=Purpose.EVENT, lane=lane, due=due, now=timezone.now())
    row.save(force_insert=True)
    return 1
