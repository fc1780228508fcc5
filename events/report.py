"""The log as a sheet: a row an event, whole, for whoever has to show who did what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from events.models import Event
from events.people import hide_people
from events.sheets import sheet

HEAD: Final = (
    *("at", "id", "kind", "public", "actor_kind", "actor_id", "actor", "subject_type", "subject_id", "subject"),
    *("services", "before", "after", "data", "request_id"),
)
# Rows that are held in memory at a time.
CHUNK: Final = 2000


def as_sheet(events: QuerySet[Event], caller: object) -> StreamingHttpResponse:
    """Answer with all of ``events``, as they are read; what is for admins is left out for others."""
    return sheet("audit.csv", HEAD, _cells(events, caller))


def _cells(events: QuerySet[Event], caller: object) -> Iterator[list[object]]:
    for event in events.iterator(CHUNK):
        hide_people([event], caller)
        who = (event.actor_kind, event.actor_id, event.actor_name)
        about = (event.subject_type, event.subject_id, event.subject_name)
        held = (_held(fields) for fields in (event.was, event.became, event.data))
        first = (event.at, event.pk, event.kind, event.public)
        yield [*first, *who, *about, " ".join(event.service_ids), *held, event.request_id]


def _held(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, cls=DjangoJSONEncoder) if fields else ""
