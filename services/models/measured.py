"""How a component comes by its status: what was set by hand, and what its heartbeat says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import models

from events.actors import Actor
from events.command import Tell, command
from services.models.change import Rule, Source, record
from services.models.health import Health
from services.status import CHOICES, Status, worst

if TYPE_CHECKING:
    from services.models.component import Component
    from services.models.service import Service


# So many of the other parts are named.
NAMED = 3


class Measured(Health):
    """``heartbeat_status`` is what the heartbeat last said; ``unknown`` that nobody knows how it is now.

    A component without a heartbeat is known: what was typed in stands.
    """

    heartbeat_status = models.CharField(max_length=20, choices=CHOICES, null=True, blank=True, editable=False)
    unknown = models.BooleanField(default=False, editable=False)
    updated_at: datetime

    if TYPE_CHECKING:
        service: Service

        def hold(self) -> None:
            """See :meth:`services.models.Component.hold`."""

    class Meta:
        abstract = True

    def measure(
        self,
        status: Status | None,
        *,
        by: Actor,
        message: str = "",
        now: datetime | None = None,
        at: datetime | None = None,
    ) -> bool:
        """Take what the heartbeat says; ``None`` is "nobody knows". Return whether anything changed.

        ``at`` is the instant from which it holds, if that was before ``now``. When nobody knows, the last status stays
        on the row and its time counts as no data.
        """
        with command(by, now=now) as tell:
            self.hold()
            changed = self.take(status, tell, message, at)
            if not changed:
                tell.nothing()
            return changed

    def take(self, status: Status | None, tell: Tell, message: str = "", at: datetime | None = None) -> bool:
        """Do the same inside somebody's command, who holds the row's lock."""
        self.unknown = status is None
        self.heartbeat_status = status or self.heartbeat_status
        return self._follow(tell, message, at)

    def forget(self, tell: Tell, message: str) -> bool:
        """Drop what the heartbeat said, which has just been switched off, inside its command."""
        self.heartbeat_status, self.unknown = None, False
        return self._follow(tell, message, tell.now)

    def _follow(self, tell: Tell, message: str, at: datetime | None) -> bool:
        """Save the row with what follows from its columns, and its service with what follows from that."""
        old = self._turn(*self._derived(), at or tell.now)
        if old is None:
            self.save()
            return False
        self.updated_at = tell.now
        self.save()
        component = cast("Component", self)
        record(tell, self.service, old, Source.HEARTBEAT, message, component=component)
        said = f"{component.name}: {message or self.current.label}{self._beside()}"
        self.service.rederive(tell, source=Source.HEARTBEAT, message=said, at=at)
        return True

    def _beside(self) -> str:
        """Return what else is wrong with the service: one part that is well again does not say why it is still down."""
        others = self.service.components.exclude(pk=self.pk).exclude(status=Status.OPERATIONAL)
        named = [f"{part.name} ({part.current.label.lower()})" for part in others[: NAMED + 1]]
        more = " and more" if len(named) > NAMED else ""
        return f" Beside it: {', '.join(named[:NAMED])}{more}." if named else ""

    def _derived(self) -> tuple[Status, str]:
        said = [status for status in (self.by_hand, self.heartbeat_status) if status]
        silent = self.unknown and self.by_hand is None
        return worst(Status(status) for status in said), Rule.NO_DATA if silent else Rule.COUNTED
