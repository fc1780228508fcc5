"""Bringing a foreign page in: all of it or nothing, by the door through which a backup comes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from console.backup.bringing import bring
from console.backup.tables import sections
from console.backup.writing import FORMAT, VERSION
from console.moving_in import catalogue
from console.moving_in.draft import Draft, Here
from console.moving_in.incidents import incidents
from console.moving_in.source import Source, gathered
from console.moving_in.windows import windows
from events.actors import Actor
from events.command import Tell
from incidents import impact
from incidents.models import Incident
from services.models import Group, Maintenance, Service

_MODELS: Final[tuple[type[Model], ...]] = (Group, Service, Maintenance, Incident)
COUNTED: Final = ("groups", "services", "maintenance", "maintenance_updates", "incidents", "incident_updates")


@dataclass(frozen=True)
class Moved:
    """How many rows came in and how many were here, by section, and what somebody should know."""

    made: Counter[str]
    left: Counter[str]
    notes: list[str]


def move_in(documents: Iterable[object], *, by: Actor, dry_run: bool = False, now: datetime | None = None) -> Moved:
    """Bring in what the documents hold and is not here, and return what that did.

    What came in before stays as it is here. Raises ``Unusable`` with what is wrong, and ``Clash`` where something here
    is in the way; nothing has changed then.
    """
    draft = drafted(gathered(documents), here(), now or timezone.now())
    made = Counter({name: len(rows) for name, rows in draft.sections.items()})
    if made:
        bring(_backup(draft), by=by, dry_run=dry_run, now=now, then=lambda tell: _settle(draft, tell))
    return Moved(made, draft.left, draft.notes)


def drafted(source: Source, standing: Here, now: datetime) -> Draft:
    """Return the rows that come in. Raises ``Unusable`` with all that is wrong, up to twenty sentences."""
    draft = Draft(standing)
    catalogue.learn(source, draft)
    incidents(source, draft)
    windows(source, draft, now)
    catalogue.services(source, draft, catalogue.groups(source, draft))
    draft.faults.end()
    return draft


def here() -> Here:
    """Read what stands here already."""
    found = Here({key for model in _MODELS for key in model._default_manager.values_list("pk", flat=True)})
    for key, name, slug in Service.objects.values_list("id", "name", "slug"):
        found.services[name] = key
        found.slugs.add(slug)
    found.groups = {name: key for key, name in Group.objects.values_list("id", "name")}
    return found


def _backup(draft: Draft) -> BytesIO:
    rows = [
        {"name": one.name, "rows": found, "count": len(found)}
        for one in sections()
        if (found := draft.sections.get(one.name))
    ]
    head = {"format": FORMAT, "version": VERSION, "made_at": "a page at Statuspage", "sections": rows}
    return BytesIO(json.dumps(head).encode())


def _settle(draft: Draft, tell: Tell) -> None:
    """Move services that were here before to what the incidents and windows that came in make of them."""
    old = {UUID(row["service"]) for row in draft.sections["affected_services"]} & draft.here.ids
    impact.settle(old, tell, "")
    worked_on = draft.sheltered & draft.here.ids
    for service in Service.objects.select_for_update(no_key=True).filter(id__in=worked_on).order_by("id"):
        service.shelter(tell, "", on=True)
