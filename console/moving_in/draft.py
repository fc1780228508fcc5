"""What is about to come in: rows by the sections of a backup, and what is said of it. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from console.backup.faults import Faults
from console.moving_in.words import STATUSES, Words
from events.actors import SYSTEM
from services.status import Status

_SPACE: Final = UUID("6f0c6a1e-3f0b-5f0e-9d5e-0a7b5b0f5a11")
AUTHOR: Final = {"author_kind": SYSTEM.kind, "author_id": "", "author_name": "Statuspage"}


def own_id(kind: str, foreign: str) -> UUID:
    """Return the id that a foreign row has here, at every run."""
    return uuid5(_SPACE, f"{kind} {foreign}")


@dataclass
class Here:
    """What stands here already: the ids of everything that could come in, names and slugs that are taken."""

    ids: set[UUID] = field(default_factory=set)
    services: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)


class Told(NamedTuple):
    """A component turned, as an update of an incident or window says; ``source`` is which of both."""

    at: datetime
    old: Status
    new: Status
    source: str
    message: str


@dataclass
class Draft:
    """``services`` maps foreign components to ours, ``stand`` says how they do now, ``told`` how they came to.

    ``impacts`` and ``sheltered`` are what open incidents and windows under way make of services.
    """

    here: Here
    faults: Faults = field(default_factory=Faults)
    sections: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    services: dict[str, UUID] = field(default_factory=dict)
    stand: dict[str, Status] = field(default_factory=dict)
    told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    impacts: dict[UUID, Status] = field(default_factory=dict)
    sheltered: set[UUID] = field(default_factory=set)

    def words(self, row: Mapping[str, Any], where: str) -> Words:
        """Return a row to read."""
        return Words(row, where, self.faults, self.notes)

    def add(self, section: str, **row: Any) -> None:
        """Add a row, as a backup writes it."""
        self.sections[section].append({name: _written(value) for name, value in row.items()})

    def is_here(self, section: str, key: UUID) -> bool:
        """Say whether it came in before, and count it: what stands here stays as it is."""
        if key in self.here.ids:
            self.left[section] += 1
        return key in self.here.ids

    def updates(self, words: Words) -> list[Words]:
        """Return what was said, the oldest first; the documents have the newest first."""
        found = [self.words(one, f"{words.where}, update") for one in reversed(words.list("incident_updates"))]
        return sorted(found, key=lambda one: one.at("display_at", "created_at"))

    def components(self, words: Words) -> list[str]:
        """Return the foreign ids of the components that an incident or window names, in its list or in an update."""
        named = [one.get("id") for one in words.list("components")]
        for update in words.list("incident_updates"):
            heard = self.words(update, f"{words.where}, update")
            named += [one.get("code") for one in heard.list("affected_components")]
        found = {key: None for key in named if isinstance(key, str)}
        if lost := [key for key in found if key not in self.services]:
            words.note(f"{len(lost)} of its components are in no list, and are left out.")
        return [key for key in found if key in self.services]

    def listen(self, words: Words, source: str) -> None:
        """Note how components turned by the updates of an incident or window."""
        for update in words.list("incident_updates"):
            heard = self.words(update, f"{words.where}, update")
            at = heard.at("display_at", "created_at")
            for one in heard.list("affected_components"):
                if isinstance(one.get("code"), str) and one["code"] in self.services and one.get("new_status"):
                    turned = self.words(one, f"{words.where}, component")
                    new = turned.word("new_status", STATUSES, Status.OPERATIONAL)
                    old = turned.word("old_status", STATUSES, new) if one.get("old_status") else new
                    said = " ".join(str(words.row.get("name") or "").split())[:200]
                    self.told[one["code"]].append(Told(at, old, new, source, said))


def _written(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value
