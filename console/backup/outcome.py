"""What an import did."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from events.sections import Secret


@dataclass(slots=True)
class Counts:
    """The rows of one section."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class Outcome:
    """Counts by section, and what the file did not bring along."""

    made_at: str
    deleted: int = 0
    sections: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    lost: Counter[str] = field(default_factory=Counter)

    @property
    def created(self) -> int:
        """Return how many rows are new."""
        return sum(counts.created for counts in self.sections.values())

    @property
    def updated(self) -> int:
        """Return how many rows are others now."""
        return sum(counts.updated for counts in self.sections.values())

    @property
    def has_changed(self) -> bool:
        """Say whether there was anything to do."""
        return bool(self.created or self.updated or self.deleted)

    @property
    def notes(self) -> list[str]:
        """Return, in sentences, what somebody has to do now."""
        return [loss.format(count=count) for loss, count in self.lost.items()]

    def lose(self, secret: Secret) -> None:
        """Count a row that came without this secret."""
        if secret.loss:
            self.lost[secret.loss] += 1

    def as_json(self) -> dict[str, Any]:
        """Return it as the API answers it."""
        counts = {"created": self.created, "updated": self.updated, "deleted": self.deleted}
        sections = {name: asdict(found) for name, found in self.sections.items()}
        return {"made_at": self.made_at, **counts, "sections": sections, "notes": self.notes}
