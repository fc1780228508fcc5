"""The daily message of those who asked for one: what was announced since their last, each day once.

A digest goes some time after its hour, and not before the log has been read so far: what happened in the last second
stands in it too, and what is read late is never passed over. A worker that was away for days makes one message of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q

from events.models import Cursor, Event
from incidents.markdown import to_text
from incidents.models import Incident
from notifications.daily import latest
from notifications.kinds import FANOUT, Audience, Mode, Purpose, Scope
from notifications.models import Announcement, Subscriber
from notifications.posting import post_to_all
from notifications.recipients import chosen
from notifications.telling.place import place_for
from notifications.withdrawing import taken_back
from notifications.wording.digest import Item, digest
from services.models import Maintenance

# Longer than a write takes from its time to its commit, and than a message can be taken back.
SETTLED: Final = timedelta(seconds=60)
BATCH: Final = 500
# Told to those alone who follow the incident.
FOLLOWERS_ONLY: Final = ("POSTMORTEM_PUBLISHED",)


class Wish(NamedTuple):
    """What several subscribers have in common: their digests are worded once."""

    since: datetime
    scope: str
    incident: str
    services: tuple[str, ...]


def send_due(now: datetime) -> int:
    """Put on their way the digests whose hour has come. Return how many."""
    clocks = Subscriber.objects.told().filter(mode=Mode.DIGEST).order_by()
    pairs = clocks.values_list("timezone", "digest_hour").distinct()
    return sum(_at(zone, hour, latest(now - SETTLED, zone, hour), now) for zone, hour in pairs)


def _at(zone: str, hour: int, until: datetime, now: datetime) -> int:
    """Send those of one hour of one zone, a batch a transaction."""
    total = 0
    if _read_until(until):
        while (sent := _batch(zone, hour, until, now)) is not None:
            total += sent
    return total


def _read_until(until: datetime) -> bool:
    """Say whether all that happened until then has been announced."""
    cursor = Cursor.objects.filter(consumer=FANOUT).first()
    return not Event.objects.filter(at__lte=until, id__gt=cursor.position if cursor else 0).exists()


def _batch(zone: str, hour: int, until: datetime, now: datetime) -> int | None:
    """Send some; None when there is nobody left. The mark moves in the transaction of the messages: each goes once."""
    with transaction.atomic():
        due = Subscriber.objects.told().filter(mode=Mode.DIGEST, timezone=zone, digest_hour=hour)
        due = due.filter(Q(digested_until__lt=until) | Q(digested_until=None))
        rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
        if not rows:
            return None
        sent = sum(_post(wish, to, zone, until, now) for wish, to in _alike(rows).items())
        Subscriber.objects.filter(pk__in=[row.pk for row in rows]).update(digested_until=until)
    return sent


def _alike(rows: Sequence[Subscriber]) -> dict[Wish, list[Subscriber]]:
    services = chosen(rows)
    found: dict[Wish, list[Subscriber]] = {}
    for row in rows:
        since = row.digested_until or row.confirmed_at or row.created_at
        wish = Wish(since, row.scope, str(row.incident_id or ""), services.get(row.pk, ()))
        found.setdefault(wish, []).append(row)
    return found


def _post(wish: Wish, to: list[Subscriber], zone: str, until: datetime, now: datetime) -> int:
    told = _announced(wish, until)
    standing = _public(told)
    items = [_item(one, *standing[one.subject_id]) for one in told]
    if not items:
        return 0
    return post_to_all(digest(items, place_for(Audience.PUBLIC), zone, until), to=to, purpose=Purpose.DIGEST, now=now)


def _announced(wish: Wish, until: datetime) -> list[Announcement]:
    """Return what outsiders may still know of what was announced to them, as far as it was asked for."""
    told = Announcement.objects.filter(audience=Audience.PUBLIC, event__isnull=False, withdrawn_at=None)
    told = told.filter(subject_type__in=["incident", "maintenance"], at__gt=wish.since, at__lte=until).order_by("at")
    if wish.scope == Scope.INCIDENT:
        told = told.filter(subject_id=wish.incident)
    else:
        told = told.exclude(kind__in=FOLLOWERS_ONLY)
    found = [one for one in told if wish.scope != Scope.SERVICES or set(wish.services).intersection(one.service_ids)]
    public, withdrawn = _public(found), taken_back([one.event for one in found if one.event is not None])
    return [one for one in found if one.subject_id in public and one.event not in withdrawn]


def _public(told: Sequence[Announcement]) -> dict[str, tuple[str, str]]:
    """Return the title and status of what outsiders may still know of, by id."""
    keys = {one.subject_id for one in told}
    rows = (Incident.objects.visible(), Maintenance.objects.visible())
    found = (row for visible in rows for row in visible.filter(pk__in=keys).values_list("pk", "title", "status"))
    return {str(key): (title, status.replace("_", " ").capitalize()) for key, title, status in found}


def _item(told: Announcement, title: str, status: str) -> Item:
    said = to_text(str(told.facts.get("update", {}).get("message", "")))
    url = str(told.facts.get("url", ""))
    return Item(told.at, told.subject, said, url, told.subject_type, told.subject_id, told.event, title, status)
