"""How a service comes by its status."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from services.models.change import Rule, Source, record
from services.models.health import Health
from services.status import CHOICES, Status, derive

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from services.models.component import Component
    from services.models.service import Service


class Deriving(Health):
    """The status follows from the components, the open incidents and what was set by hand; the worst of them counts.

    ``impact_status`` is the worst impact of the open public incidents; only ``incidents`` pushes it down.
    ``in_maintenance`` says that a window is under way; only maintenance moves it.
    """

    impact_status = models.CharField(max_length=20, choices=CHOICES, null=True, blank=True, editable=False)
    in_maintenance = models.BooleanField(default=False, editable=False)
    updated_at: datetime

    if TYPE_CHECKING:
        components: RelatedManager[Component]

        def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None: ...

    class Meta:
        abstract = True

    @property
    def impact(self) -> Status | None:
        """Return the worst impact of the open public incidents, if any."""
        return Status(self.impact_status) if self.impact_status else None

    def set_status(
        self, status: Status | str | None, *, by: Actor, message: str = "", now: datetime | None = None
    ) -> None:
        """Set the status by hand, as a floor under the derived one; ``None`` goes back to derived alone."""
        with command(by, now=now) as tell:
            lock(self)
            was = self._set_by_hand(status, message)
            if not was:
                tell.nothing()
                return
            self.full_clean(validate_constraints=False)
            if not self.rederive(tell, source=Source.MANUAL, message=message):
                self._tell(tell, Kind.SERVICE_CHANGED, before=was, after=self._hand())

    def shelter(self, tell: Tell, message: str, *, on: bool, at: datetime | None = None) -> None:
        """Begin or end maintenance of this service, inside the window's command. The caller holds the row's lock.

        ``at`` is the instant from which it holds, now unless given.
        """
        if self.in_maintenance != on:
            self.in_maintenance = on
            self.rederive(tell, source=Source.MAINTENANCE, message=message, at=at)

    def rederive(self, tell: Tell, *, source: str, message: str = "", at: datetime | None = None) -> bool:
        """Save the row with its status derived anew, inside somebody's command. Return whether anything changed.

        ``at`` is the instant from which it holds, now unless given. The caller holds the row's lock.
        """
        old = self._turn(*self._derived(), at or tell.now)
        self.updated_at = tell.now
        self.save()
        if old is not None:
            record(tell, cast("Service", self), old, source, message)
        return old is not None

    def _derived(self) -> tuple[Status, str]:
        """Return the status, and how its time counts. In maintenance the components have no say: work is done there."""
        if self.in_maintenance:
            return derive((), self.by_hand, self.impact, Status.MAINTENANCE), Rule.MAINTENANCE
        parts = self.components.values_list("status", flat=True)
        status = derive([Status(part) for part in parts], self.by_hand, self.impact)
        watched = list(self.components.filter(heartbeat__isnull=False).values_list("rule", flat=True))
        silent = {*watched} == {Rule.NO_DATA} and self.by_hand is None and self.impact is None
        return status, Rule.NO_DATA if silent else Rule.COUNTED
