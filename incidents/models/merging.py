"""Two incidents that turn out to be one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from incidents import impact
from incidents.following import Happened
from incidents.lifecycle import IncidentStatus
from incidents.models.affected import hold, suffers
from incidents.models.editing import Editing
from incidents.models.moving import Moving
from services.models import Service
from services.status import Status, worst

if TYPE_CHECKING:
    from incidents.models.incident import Incident


class NotMerged(Refused):
    """The two cannot become one; nothing changed."""

    code = "not_merged"


class Merging(Moving, Editing):
    """The verb ``merge_into``. Nothing is deleted: what was said of either stays said."""

    class Meta:
        abstract = True

    def merge_into(self, other: Incident, *, by: Actor, quiet: bool = False, now: datetime | None = None) -> None:
        """End this incident in favour of ``other``, which goes on and affects the services of both.

        No service's status changes by it: those of an internal incident do not become a public one's. Raises
        ``NotMerged`` unless both are open and different, and for a public one that would go on where nobody outside
        sees it. A second time changes nothing.
        """
        with command(by, now=now, quiet=quiet) as tell:
            for incident in sorted({self, other}, key=lambda one: one.pk):
                lock(incident)
            if self.merged_into_id == other.pk:
                tell.nothing()
                return
            self._refuse_merging(other)
            hold({*self.service_ids(), *other.service_ids()})
            other.take_over(self, tell)
            self.merged_into = other
            tell(Kind.INCIDENT_MERGED, subject=self.subject, services=self.service_ids(), after=_named(other))
            self._move(tell, IncidentStatus.RESOLVED, f"This incident goes on as “{other.title}”.")

    def _refuse_merging(self, other: Incident) -> None:
        if self.pk == other.pk:
            raise NotMerged("An incident cannot be merged into itself. Choose another one.")
        for incident in (self, other):
            if not incident.is_open:
                raise NotMerged(f"“{incident.title}” is resolved. Reopen it first, or leave the two as they are.")
        if self.public and not other.public:
            raise NotMerged(f"“{other.title}” is internal, so readers would see this one end. Publish it first.")

    def take_over(self, ended: Merging, tell: Tell) -> None:
        """Affect the services of ``ended`` too, each as badly as it suffers now. The caller holds both."""
        self.note(tell, f"“{ended.title}” goes on here.")
        before = self._set_services(_together(self, ended)) if self.public == ended.public else {}
        if not before:
            return
        self.version += 1
        self._keep(tell)
        self._tell(tell, Kind.INCIDENT_UPDATED, {}, public=True, before=before, after=self._said(before))
        self._follow(Happened.EDITED, tell)
        impact.settle(self.service_ids(), tell, self._reason("edited"))


def _together(kept: Merging, ended: Merging) -> dict[Service, Status | None]:
    """Return the impacts of both: one of its own where the severity of ``kept`` alone says something else."""
    found: dict[Service, Status | None] = {}
    for row in (*kept.affected.select_related("service"), *ended.affected.select_related("service")):
        suffered = suffers(row.impact, row.incident.severity)
        found[row.service] = worst([found.get(row.service) or suffered, suffered])
    own = {row.service_id for row in kept.affected.exclude(impact=None)}
    usual = kept.sev.impact
    return {service: None if it is usual and service.pk not in own else it for service, it in found.items()}


def _named(incident: Incident) -> dict[str, str]:
    return {"merged_into": incident.title, "id": str(incident.pk)}
