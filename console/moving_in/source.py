"""What the documents of a foreign page hold together, each row once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from console.backup.faults import Faults, Unusable
from statuspage.v2.documents import NEWEST

Row: TypeAlias = Mapping[str, Any]
LISTS: Final = ("components", "incidents", "scheduled_maintenances")


@dataclass
class Source:
    """Rows by their foreign ids. ``incidents_told`` says whether the past was told at all."""

    name: str = ""
    components: dict[str, Row] = field(default_factory=dict)
    incidents: dict[str, Row] = field(default_factory=dict)
    scheduled_maintenances: dict[str, Row] = field(default_factory=dict)
    incidents_told: bool = False

    @property
    def is_cut(self) -> bool:
        """Say whether the list of incidents is as long as such a list ever is: older ones may be missing."""
        return len(self.incidents) >= NEWEST

    def take(self, document: object, faults: Faults) -> None:
        """Take one document, or an object with several. What was taken before stands."""
        if not isinstance(document, dict):
            raise Unusable("This is no document of Statuspage: it is no object.")
        for part in document.values():
            if isinstance(part, dict) and any(name in part for name in LISTS):
                self.take(part, faults)
        page = document.get("page")
        self.name = self.name or str(page.get("name") or "" if isinstance(page, dict) else "")
        # What is open alone, as in the summary, is not the past.
        self.incidents_told |= isinstance(document.get("incidents"), list) and "status" not in document
        for name in LISTS:
            self._gather(name, document.get(name), faults)

    def named_components(self) -> None:
        """Take the components that incidents and windows hold whole, where no list has them."""
        for rows in (self.incidents, self.scheduled_maintenances):
            for row in rows.values():
                listed = row.get("components")
                for one in listed if isinstance(listed, list) else []:
                    if isinstance(one, dict) and isinstance(one.get("id"), str) and one.get("status"):
                        self.components.setdefault(one["id"], one)

    def _gather(self, name: str, rows: object, faults: Faults) -> None:
        if rows is None or isinstance(rows, dict):
            return
        if not isinstance(rows, list):
            faults.say(name, "a list belongs here.")
            return
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
                faults.say(f"{name}, row {number}", "it has no “id”.")
                continue
            getattr(self, name).setdefault(row["id"], row)


def gathered(documents: Iterable[object]) -> Source:
    """Return what they hold together. Raises ``Unusable`` where that is nothing, or broken."""
    source, faults = Source(), Faults()
    for document in documents:
        source.take(document, faults)
    source.named_components()
    faults.end()
    if not (source.components or source.incidents or source.scheduled_maintenances):
        raise Unusable("Nothing to bring in: no document has “components”, “incidents” or “scheduled_maintenances”.")
    return source
