"""Their scheduled maintenances. Pure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from console.moving_in.draft import AUTHOR, Draft, own_id
from console.moving_in.source import Source
from console.moving_in.words import WINDOW, Words
from events.text import LONG_TEXT
from services.maintenance.lifecycle import Stage


def windows(source: Source, draft: Draft, now: datetime) -> None:
    """Add the windows that are not here."""
    for key, row in source.scheduled_maintenances.items():
        words, mine = draft.words(row, "maintenance"), own_id("maintenance", key)
        draft.listen(words, "maintenance")
        if draft.is_here("maintenance", mine):
            continue
        services = sorted({draft.services[one] for one in draft.components(words)})
        if services:
            _add(mine, words, services, draft, now)
        else:
            words.note("it names no component, so it is left out: a window here has at least one service.")


def _add(mine: UUID, words: Words, services: list[UUID], draft: Draft, now: datetime) -> None:
    stage = words.word("status", WINDOW, Stage.SCHEDULED)
    start, end = words.at("scheduled_for"), words.at("scheduled_until")
    if end <= start:
        words.say("it ends before it starts.")
    started_at = (words.maybe("started_at") or start) if stage is not Stage.SCHEDULED else None
    ended_at = (words.maybe("resolved_at") or max(end, started_at or end)) if stage is Stage.COMPLETED else None
    said = draft.updates(words)
    draft.add(
        "maintenance",
        id=mine,
        title=words.line("name", 200),
        services=list(map(str, services)),
        public=True,
        scheduled_start=start,
        scheduled_end=end,
        timezone="UTC",
        reminded_at=None if start > now else now,
        status=stage,
        started_at=started_at,
        ended_at=ended_at,
        created_at=words.at("created_at"),
        updated_at=words.at("updated_at", "created_at"),
    )
    if stage is Stage.IN_PROGRESS:
        draft.sheltered.update(services)
    _say(mine, said, draft)


def _say(mine: UUID, said: list[Words], draft: Draft) -> None:
    for number, words in enumerate(said, 1):
        draft.add(
            "maintenance_updates",
            id=own_id("update", str(words.row.get("id") or f"{mine} {number}")),
            maintenance=mine,
            message=words.text("body", LONG_TEXT),
            status=words.word("status", WINDOW, Stage.SCHEDULED),
            public=True,
            created_at=words.at("display_at", "created_at"),
            number=number,
            **AUTHOR,
        )
