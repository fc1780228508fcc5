"""Components and their groups: services and groups of ours. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from console.moving_in.draft import Draft, own_id
from console.moving_in.source import Row, Source
from console.moving_in.turns import Turns
from console.moving_in.words import STATUSES, Words
from events.text import as_one_line
from services.models.order import MAX_POSITION
from services.status import Status, derive


def learn(source: Source, draft: Draft) -> None:
    """Learn which service each component is, and how it stands."""
    for key, row in source.components.items():
        if row.get("group") is not True:
            words = draft.words(row, "component")
            name = _free_name(words, source, draft)
            draft.stand[key] = words.word("status", STATUSES, Status.OPERATIONAL)
            draft.services[key] = draft.here.services.setdefault(name, own_id("component", key))


def groups(source: Source, draft: Draft) -> dict[str, UUID]:
    """Add the groups that are not here, and return all by their foreign ids."""
    found: dict[str, UUID] = {}
    for key, row in source.components.items():
        if row.get("group") is True:
            words = draft.words(row, "group")
            name = words.line("name", 120)
            mine = draft.here.groups.setdefault(name, own_id("group", key))
            if not draft.is_here("groups", mine) and mine not in found.values():
                draft.add("groups", id=mine, name=name, position=_position(row))
            found[key] = mine
    return found


def services(source: Source, draft: Draft, known: dict[str, UUID]) -> None:
    """Add the services that are not here, after incidents and windows have said what they make of them."""
    names = {key: name for name, key in draft.here.services.items()}
    for key, mine in draft.services.items():
        if draft.is_here("services", mine):
            continue
        row = source.components[key]
        words = draft.words(row, "component")
        turns = Turns(draft, key, words, _known_since(source, words))
        draft.add(
            "services",
            id=mine,
            slug=_free_slug(draft, names[mine]),
            name=names[mine],
            description=words.text("description", 2000),
            group=known.get(str(row.get("group_id"))),
            position=_position(row),
            public=True,
            **_standing(draft, key, words),
            status_since=turns.since,
            created_at=words.at("created_at"),
            updated_at=words.at("updated_at", "created_at"),
        )
        for turn in turns.rows(draft.sections["services"][-1]):
            draft.add("status_changes", service=mine, component=None, **turn)


def _standing(draft: Draft, key: str, words: Words) -> dict[str, Any]:
    """Return how the service stands, and why: by incidents and windows, or else as if it was set by hand."""
    mine, said = draft.services[key], draft.stand[key]
    impact, sheltered = draft.impacts.get(mine), mine in draft.sheltered
    follows = derive((), impact, Status.MAINTENANCE if sheltered else None)
    by_hand = said if said.rank > follows.rank else None
    if said.rank < follows.rank:
        words.note(f"it is {follows.label.lower()} here, because maintenance of it is under way.")
    return {
        "status": by_hand or follows,
        "rule": "maintenance" if sheltered else "counted",
        "manual_status": by_hand,
        "impact_status": impact,
        "in_maintenance": sheltered,
    }


def _known_since(source: Source, words: Words) -> datetime:
    """Return since when the documents tell all that befell a component; before that nobody knows."""
    if not source.incidents_told:
        return words.at("updated_at", "created_at")
    created_at = words.at("created_at")
    told = sorted(filter(None, map(words.instant, _began(source)))) if source.is_cut else []
    return max([created_at, *told[:1]])


def _began(source: Source) -> Iterator[object]:
    return (row.get("started_at") or row.get("created_at") for row in source.incidents.values())


def _free_name(words: Words, source: Source, draft: Draft) -> str:
    """Return the name; where two components have one, with the group's before it."""
    name = words.line("name", 120)
    key = own_id("component", str(words.row["id"]))
    group = source.components.get(str(words.row.get("group_id")), {}).get("name")
    taken = draft.here.services.get(name)
    if taken in (None, key):
        return name
    if taken not in draft.services.values():
        words.note("a service of this name is here: what is told of the component is told of that one.")
        return name
    longer = as_one_line(f"{group or 'Component'} - {name}")[:120]
    if draft.here.services.get(longer, key) != key:
        words.say("three components have this name. Rename one of them there, or in the file.")
    words.note(f"another one has its name, so it is “{longer}” here.")
    return longer


def _free_slug(draft: Draft, name: str) -> str:
    base = slugify(name)[:70] or "service"
    number, slug = 2, base
    while slug in draft.here.slugs:
        number, slug = number + 1, f"{base}-{number}"
    draft.here.slugs.add(slug)
    return slug


def _position(row: Row) -> int:
    said = row.get("position")
    return min(max(said, 0), MAX_POSITION) if isinstance(said, int) else 0
