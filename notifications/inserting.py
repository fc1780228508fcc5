"""Making the messages of one announcement to thousands of subscribers: a statement or two, not a row at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from notifications.kinds import Lane, Purpose, State
from notifications.models import Announcement, Delivery
from notifications.models.addressing import target_of

# Each message's own, and what all of them have in common; together every column that may not be null.
OWN: Final = ("id", "subscriber_id", "recipient", "transport", "target")
_TYPES: Final = ("uuid", "uuid", "text", "text", "text")


def insert(announcement: Announcement, to: Iterable[tuple[UUID, str, str]], *, due: datetime, now: datetime) -> int:
    """Insert a message for each address, given as (subscriber, way, address). Return how many addresses there were.

    Of several rows of one address the first counts, and who has been told of the event already is not told again.
    """
    rows = {(way, address): key for key, way, address in reversed(list(to))}
    values = [
        (_key(uuid4()), _key(key), f"{way}:{address}", way, target_of(way, address))
        for (way, address), key in rows.items()
    ]
    if not values:
        return 0
    common = _common(announcement, due, now)
    names, marks = ", ".join([*OWN, *common]), ["%s"] * len(common)
    into = f"INSERT INTO {Delivery._meta.db_table} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for kind in _TYPES)
            own = f"SELECT own.*, {', '.join(marks)} FROM unnest({arrays}) AS own"  # noqa: S608 - no text of anybody
            query = f"{into} {own} ON CONFLICT DO NOTHING"
            cursor.execute(query, [*common.values(), *map(list, zip(*values, strict=True))])
        else:
            query = f"{into} VALUES ({', '.join(['%s'] * len(OWN) + marks)}) ON CONFLICT DO NOTHING"
            cursor.executemany(query, [(*row, *common.values()) for row in values])
    return len(values)


def _common(announcement: Announcement, due: datetime, now: datetime) -> dict[str, Any]:
    moment = connection.ops.adapt_datetimefield_value
    return {
        "event": announcement.event,
        "announcement_id": _key(announcement.pk),
        "purpose": Purpose.EVENT.value,
        "lane": Lane.URGENT.value,
        "status": State.PENDING.value,
        "attempts": 0,
        "error_code": "",
        "last_error": "",
        "links": "",
        "next_attempt_at": moment(due),
        "first_due_at": moment(due),
        "created_at": moment(now),
    }


def _key(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex
