"""What a subscriber asks for: of what, how much, and when. Pure: the rows that it names are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notifications.kinds import Mode, Scope

if TYPE_CHECKING:
    from incidents.models import Incident
    from services.models import Service


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything, some services, or one incident; ``digest_hour`` is on the clock of ``timezone``."""

    services: Sequence[Service] = ()
    incident: Incident | None = None
    mode: Mode = Mode.ALL
    timezone: str = "UTC"
    digest_hour: int = 8

    @property
    def scope(self) -> Scope:
        """Return what the choice amounts to."""
        if self.incident is not None:
            return Scope.INCIDENT
        return Scope.SERVICES if self.services else Scope.ALL

    @property
    def columns(self) -> dict[str, Any]:
        """Return what a row holds of it; its services stand in a table of their own."""
        return {"scope": self.scope, "mode": self.mode, "timezone": self.timezone, "digest_hour": self.digest_hour}

    def __str__(self) -> str:
        """Say it as it stands behind “messages about”: ``Checkout API, in one message a day at 08:00 UTC``."""
        at = f" at {self.digest_hour:02}:00 {self.timezone}" if self.mode == Mode.DIGEST else ""
        return self._of_what() + _HOW_MUCH[self.mode] + at

    def _of_what(self) -> str:
        if self.incident is not None:
            # The row stays when an incident is made internal, and its title may no longer be shown.
            return f"the incident “{self.incident.title}”" if self.incident.public else "an incident"
        return listed([service.name for service in self.services]) or "every incident and maintenance"


_HOW_MUCH = {
    Mode.ALL: "",
    Mode.NEW_AND_RESOLVED: ", when something begins and when it is over",
    Mode.DIGEST: ", in one message a day",
}
# More names than these say no more to a reader.
_NAMED = 5


def listed(names: Sequence[str]) -> str:
    """Return names as people list them: ``A, B and C``, ``A, B, C, D, E and 3 more``."""
    shown = [*names] if len(names) <= _NAMED else [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
