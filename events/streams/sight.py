"""What the public page shows at the moment of the things that some events speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from events.models import Event


@dataclass(frozen=True, slots=True)
class Sight:
    """Names by id, as the page has them now. What is missing is not to be seen."""

    services: Mapping[str, str] = field(default_factory=dict)
    components: Mapping[str, str] = field(default_factory=dict)
    incidents: Mapping[str, str] = field(default_factory=dict)
    windows: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, subject_type: str, subject_id: str) -> str | None:
        """Return the name of a thing that is to be seen."""
        shown = {
            "service": self.services,
            "component": self.components,
            "incident": self.incidents,
            "maintenance": self.windows,
        }
        return shown.get(subject_type, {}).get(subject_id)


# Asks the database; called in a thread. The log knows no services and incidents, so it is handed in.
Look: TypeAlias = Callable[[Sequence[Event]], Sight]
