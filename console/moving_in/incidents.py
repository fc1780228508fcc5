"""Their incidents, with what was said of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from console.moving_in.draft import AUTHOR, Draft, own_id
from console.moving_in.source import Source
from console.moving_in.words import IMPACTS, INCIDENT, SEVERITIES, Words
from events.text import LONG_TEXT
from incidents.lifecycle import IncidentStatus, Severity
from services.status import Status, worst

POSTMORTEM = "postmortem"
BY = "Statuspage"


def incidents(source: Source, draft: Draft) -> None:
    """Add the incidents that are not here."""
    for key, row in source.incidents.items():
        words = draft.words(row, "incident")
        draft.listen(words, "incident")
        if not draft.is_here("incidents", own_id("incident", key)):
            _add(own_id("incident", key), words, draft)


def _add(mine: UUID, words: Words, draft: Draft) -> None:
    severity = words.word("impact", SEVERITIES, Severity.LOW)
    stage = words.word("status", INCIDENT, IncidentStatus.INVESTIGATING)
    said = draft.updates(words)
    over = stage is IncidentStatus.RESOLVED
    ended = words.maybe("resolved_at", "updated_at", "created_at") if over else None
    declared, began = _begun(words, ended)
    draft.add(
        "incidents",
        id=mine,
        title=words.line("name", 200),
        body=said[0].text("body", LONG_TEXT) if said else "",
        severity=severity,
        status=stage,
        public=True,
        declared_by=BY,
        resolved_at=ended,
        started_at=began,
        created_at=declared,
        updated_at=words.at("updated_at", "created_at"),
    )
    _affect(mine, words, draft, over=over)
    _say(mine, said, draft)
    if words.row.get("status") == POSTMORTEM:
        _write_up(mine, words, said, draft, ended or declared)


def _begun(words: Words, ended: datetime | None) -> tuple[datetime, datetime | None]:
    """Return when it was declared, and when it began if that was before; what was told when over began as it says."""
    declared, began = words.at("created_at", "started_at"), words.maybe("started_at")
    if ended is not None and ended < declared:
        declared = min(began or ended, ended)
    return declared, began if began and began < declared else None


def _affect(mine: UUID, words: Words, draft: Draft, *, over: bool) -> None:
    """Add what it does to services: while it is open, never worse than they say that they are."""
    impact = words.word("impact", IMPACTS, Status.OPERATIONAL)
    named: dict[UUID, Status] = {}
    for key in draft.components(words):
        suffers = impact if over else min(impact, draft.stand[key], key=lambda status: status.rank)
        named[draft.services[key]] = worst([named.get(draft.services[key], Status.OPERATIONAL), suffers])
    for service, suffers in named.items():
        draft.add("affected_services", incident=mine, service=service, impact=suffers)
        if not over and service not in draft.here.ids:
            draft.impacts[service] = worst([draft.impacts.get(service, Status.OPERATIONAL), suffers])


def _say(mine: UUID, said: list[Words], draft: Draft) -> None:
    """Add the timeline; the text of a postmortem is none of it."""
    before, number = None, 0
    for words in said:
        if words.row.get("status") == POSTMORTEM:
            continue
        stage, number = words.word("status", INCIDENT, IncidentStatus.INVESTIGATING), number + 1
        kind = "opened" if number == 1 else "update" if stage is before else "transition"
        draft.add(
            "incident_updates",
            id=own_id("update", str(words.row.get("id") or f"{mine} {number}")),
            incident=mine,
            kind=kind,
            message=words.text("body", LONG_TEXT),
            status=stage,
            public=True,
            created_at=words.at("display_at", "created_at"),
            number=number,
            **AUTHOR,
        )
        before = stage


def _write_up(mine: UUID, words: Words, said: list[Words], draft: Draft, ended: datetime) -> None:
    """Add the postmortem: its text where the documents have it, or else where it can be read."""
    texts = [one.text("body", LONG_TEXT) for one in said if one.row.get("status") == POSTMORTEM]
    there = str(words.row.get("shortlink") or "the former status page")
    at = words.maybe("updated_at") or ended
    whole: Mapping[str, Any] = {"drafted_by": BY, "created_at": at, "updated_at": at, "published_at": at}
    texts.append(words.text("postmortem_body", LONG_TEXT))
    summary = "\n\n".join(filter(None, texts)) or f"Published on the former page: {there}"
    draft.add(
        "postmortems",
        id=own_id("postmortem", str(words.row["id"])),
        incident=mine,
        summary=summary[:LONG_TEXT],
        status="published",
        public=True,
        **whole,
    )
