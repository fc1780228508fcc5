"""What is told of maintenance, read from the log and the window's rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from django.utils.dateparse import parse_datetime

from events.kinds import Kind
from events.models import Event
from notifications.telling.touched import touched
from notifications.telling.who import named, who
from notifications.transports.outcome import Words
from notifications.wording import windows as wording
from notifications.wording.facts import Place, Said, WindowFacts
from services.maintenance.lifecycle import Stage
from services.models import Maintenance, MaintenanceUpdate

_Wording: TypeAlias = Callable[[Event, WindowFacts, Said, Place], Words | None]


def words_of(event: Event, place: Place) -> Words | None:
    """Return the words; ``None`` where this audience is told nothing of it, or the window is gone."""
    window = Maintenance.objects.filter(pk=event.subject_id).first()
    worded = _WORDINGS.get(Kind(event.kind))
    if window is None or worded is None or not (place.internal or event.public):
        return None
    return worded(event, facts_of(event, window, place), _said_in(event), place)


def facts_of(event: Event, window: Maintenance, place: Place) -> WindowFacts:
    """Return the window as it stood when the event happened; what the log does not hold is taken as it is now."""
    return WindowFacts(
        id=str(window.pk),
        title=event.data["title"],
        status=Stage(event.data["status"]),
        start=_time(event.data["scheduled_start"]),
        end=_time(event.data["scheduled_end"]),
        timezone=window.timezone,
        description=window.description,
        repeats=event.data.get("repeats", ""),
        public=window.public,
        services=touched(window.service_ids(), place),
        history=_history(window, place, event.at),
    )


def _history(window: Maintenance, place: Place, until: datetime) -> list[Said]:
    rows = window.updates.filter(created_at__lte=until).order_by("number")
    return [_said_by(row) for row in (rows if place.internal else rows.filter(public=True))]


def _said_by(row: MaintenanceUpdate) -> Said:
    return Said(
        row.created_at,
        named(row.author_kind, row.author_name),
        row.message,
        row.status,
        id=str(row.pk),
        internal=not row.public,
    )


def _said_in(event: Event) -> Said:
    return Said(
        at=event.at,
        by=who(event),
        message=event.data.get("message") or "",
        status=event.data["status"],
        id=event.data.get("update", ""),
        internal=_is_note(event),
    )


def _is_note(event: Event) -> bool:
    """Say whether it was for colleagues alone; of an internal window the event is never public, so ask the row."""
    if event.kind != Kind.MAINTENANCE_UPDATE_POSTED or event.public:
        return False
    return MaintenanceUpdate.objects.filter(pk=event.data["update"], public=False).exists()


def _changed(event: Event, window: WindowFacts, said: Said, place: Place) -> Words | None:
    """Tell of another time; of other edits insiders alone, but what becomes public is news to the public."""
    if not place.internal and event.before.get("public") is False:
        return wording.appeared(window, _without_words(said), place)
    if event.before.keys() & {"scheduled_start", "scheduled_end"}:
        before = (_time(event.before.get("scheduled_start", window.start)), _end_before(event, window))
        return wording.changed(window, _own_words(said), place, before)
    return wording.changed(window, _without_words(said), place, None, event.brief) if place.internal else None


def _end_before(event: Event, window: WindowFacts) -> datetime:
    return _time(event.before.get("scheduled_end", window.end))


def _own_words(said: Said) -> Said:
    """Keep what a person wrote; what the verb says of the move stands in the rows."""
    return said if not said.message.startswith("Moved: ") else _without_words(said)


def _without_words(said: Said) -> Said:
    return Said(said.at, said.by, "", said.status, id=said.id)


def _time(value: Any) -> datetime:
    """Return a time that the log holds: JSON has them as text."""
    found = parse_datetime(value) if isinstance(value, str) else value
    if not isinstance(found, datetime):
        raise TypeError(f"{value!r} is no time.")
    return found


def _plain(words: Callable[[WindowFacts, Said, Place], Words]) -> _Wording:
    return lambda _event, window, said, place: words(window, said, place)


_WORDINGS: dict[Kind, _Wording] = {
    Kind.MAINTENANCE_SCHEDULED: _plain(wording.scheduled),
    Kind.MAINTENANCE_CHANGED: _changed,
    Kind.MAINTENANCE_REMINDER: _plain(wording.reminder),
    Kind.MAINTENANCE_STARTED: _plain(wording.started),
    Kind.MAINTENANCE_UPDATE_POSTED: _plain(wording.update_posted),
    Kind.MAINTENANCE_COMPLETED: _plain(wording.completed),
    Kind.MAINTENANCE_CANCELLED: _plain(wording.cancelled),
}
