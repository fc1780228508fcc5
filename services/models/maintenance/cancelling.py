"""Windows that do not take place."""

from __future__ import annotations

from datetime import datetime
from typing import Self, cast

from django.core.exceptions import ValidationError

from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from services.maintenance import lifecycle
from services.maintenance.lifecycle import SENTENCES, Stage
from services.models.maintenance.planning import Planning, hold_series


class Cancelling(Planning):
    """The verb ``cancel``."""

    class Meta:
        abstract = True

    def cancel(
        self,
        *,
        by: Actor,
        message: str = "",
        later: bool = False,
        quiet: bool = False,
        now: datetime | None = None,
    ) -> None:
        """Call it off; with ``later`` all later ones of its series too, and the series ends. Raises ``MoveDenied``."""
        with command(by, now=now, quiet=quiet) as tell:
            hold_series(self)
            lock(self)
            self.call_off(tell, message)
            if later:
                self._end_series(tell, message)

    def call_off(self, tell: Tell, message: str) -> None:
        """Turn to cancelled, inside a command that holds the row."""
        stage = lifecycle.move(self.stage, "cancel")
        self.status, self.ended_at, self.sequence = stage, tell.now, self.sequence + 1
        message = message.strip() or SENTENCES[Stage.CANCELLED]
        self._keep(tell)
        self._write(tell, message, public=True)
        self._tell(tell, Kind.MAINTENANCE_CANCELLED, {"message": message})

    def _end_series(self, tell: Tell, message: str) -> None:
        if self.series is None:
            raise ValidationError({"later": "This window does not repeat: there are no later ones."})
        for window in self._later():
            window.call_off(tell, message)
        self.series.next_slot = None
        self.series.save()

    def _later(self) -> list[Self]:
        """Return the planned windows of the series that come after this one, locked, in order."""
        if self.series is None or self.slot is None:
            return []
        rows = self.series.windows.filter(status=Stage.SCHEDULED, slot__gt=self.slot).exclude(pk=self.pk)
        found = cast("list[Self]", list(rows.select_for_update(no_key=True).order_by("id")))
        return sorted(found, key=lambda row: row.slot or row.scheduled_start)
