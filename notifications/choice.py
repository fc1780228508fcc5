"""What a subscriber asks for: of what, how much, and when. Pure: the rows that it names are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from notifications.kinds import Mode, Scope
from services import saying

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
        said = {"what": self._of_what(), "time": f"{self.digest_hour:02}:00 {self.timezone}"}
        if self.mode == Mode.NEW_AND_RESOLVED:
            return gettext("%(what)s, when something begins and when it is over") % said
        return (
            gettext("%(what)s, in one message a day at %(time)s") % said if self.mode == Mode.DIGEST else said["what"]
        )

    def _of_what(self) -> str:
        if self.incident is not None:
            # The row stays when an incident is made internal, and its title may no longer be shown.
            named = gettext("the incident “%(title)s”") % {"title": self.incident.title}
            return named if self.incident.public else gettext("an incident")
        return listed([service.name for service in self.services]) or gettext("every incident and maintenance")


# More names than these say no more to a reader.
_NAMED = 5


def listed(names: Sequence[str]) -> str:
    """Return names as people list them: ``A, B and C``, ``A, B, C, D, E and 3 more``."""
    more = len(names) - _NAMED
    rest = [ngettext("%(number)s more", "%(number)s more", more) % {"number": more}] if more > 0 else []
    return saying.named([*names[:_NAMED], *rest])
