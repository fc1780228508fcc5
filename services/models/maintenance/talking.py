"""What is said about a window: updates, and the reminder."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError

from events.actors import CLOCK, Actor
from events.command import command
from events.kinds import Kind
from events.locking import lock
from services.maintenance import lifecycle
from services.maintenance.lifecycle import Stage
from services.models.maintenance.editing import WindowEditing
from services.models.maintenance.update import MaintenanceUpdate


class Talking(WindowEditing):
    """The verbs that move nothing.

    They stand on the editing ones although they need none: of two lines of bases the type checker makes two windows.
    """

    class Meta:
        abstract = True

    def post_update(
        self,
        *,
        by: Actor,
        message: str,
        public: bool = True,
        quiet: bool = False,
        now: datetime | None = None,
    ) -> MaintenanceUpdate:
        """Say something: to the public, or among ourselves. Raises ``ValidationError`` for an empty message."""
        if not message.strip():
            raise ValidationError({"message": "Write what has happened."})
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            lifecycle.allow(self.stage, "post_update")
            update = self._write(tell, message, public=public)
            self._keep(tell)
            data = {"message": message, "update": str(update.id)}
            self._tell(tell, Kind.MAINTENANCE_UPDATE_POSTED, data, public=public)
        return update

    def remind_on_time(self, *, now: datetime | None = None) -> None:
        """Remind by the clock, unless it is not due, or somebody has been quicker."""
        with command(CLOCK, now=now) as tell:
            lock(self)
            due = self.reminder is not None and self.reminder <= tell.now
            if self.stage is not Stage.SCHEDULED or self.reminded_at is not None or not due:
                tell.nothing()
                return
            self.reminded_at = tell.now
            self._keep(tell)
            self._write(tell, "Reminded of it.", public=False)
            self._tell(tell, Kind.MAINTENANCE_REMINDER, {"message": self.description})
