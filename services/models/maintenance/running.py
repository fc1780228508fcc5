"""How a window runs: start, complete, extend; by people, or by the clock at the planned instants."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError

from events.actors import CLOCK, Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from services.maintenance import lifecycle
from services.maintenance.lifecycle import SENTENCES, Stage
from services.maintenance.limits import LONGEST
from services.models.maintenance.window import Window
from services.models.service import Service

# Later than this the clock says on the timeline that it was late.
PUNCTUAL = timedelta(minutes=2)


class Running(Window):
    """The verbs that move a window and, with it, its services."""

    class Meta:
        abstract = True

    def start(self, *, by: Actor, message: str = "", quiet: bool = False, now: datetime | None = None) -> None:
        """Begin the work, early perhaps: its services are in maintenance from now on. Raises ``MoveDenied``."""
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            self._begin(tell, tell.now, message)

    def complete(self, *, by: Actor, message: str = "", quiet: bool = False, now: datetime | None = None) -> None:
        """End the work, early perhaps. Raises ``MoveDenied``."""
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            self._finish(tell, tell.now, message)

    def extend(
        self, *, by: Actor, until: datetime, message: str = "", quiet: bool = False, now: datetime | None = None
    ) -> None:
        """Let it end later, at ``until``. Raises ``MoveDenied``, and ``ValidationError`` for an end that is none."""
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            lifecycle.allow(self.stage, "extend")
            self._refuse_end(until, tell.now)
            before, self.scheduled_end = {"scheduled_end": self.scheduled_end}, until.replace(microsecond=0)
            self.sequence, self.version = self.sequence + 1, self.version + 1
            self._keep(tell)
            message = message.strip() or f"It takes longer: now until {self._shown(until)}."
            self._write(tell, message, public=True)
            after = {"scheduled_end": self.scheduled_end}
            self._tell(tell, Kind.MAINTENANCE_CHANGED, {"message": message}, before=before, after=after)

    def start_on_time(self, *, now: datetime | None = None) -> None:
        """Begin it by the clock, as of the planned instant, unless somebody has been quicker.

        However late the clock is: the public was told this time and no other, and work that was planned for it was done
        then. Nothing of it lies before the window was planned.
        """
        with command(CLOCK, now=now) as tell:
            lock(self)
            if self.stage is not Stage.SCHEDULED or self.scheduled_start > tell.now:
                tell.nothing()
                return
            at = max(self.scheduled_start, self.created_at)
            self._begin(tell, at, self._late(SENTENCES[Stage.IN_PROGRESS], at, tell.now))

    def complete_on_time(self, *, now: datetime | None = None) -> None:
        """End it by the clock, as of the planned instant, unless somebody has been quicker or has extended it."""
        with command(CLOCK, now=now) as tell:
            lock(self)
            if self.stage is not Stage.IN_PROGRESS or self.scheduled_end > tell.now:
                tell.nothing()
                return
            at = max(self.scheduled_end, self.begins)
            self._finish(tell, at, self._late(SENTENCES[Stage.COMPLETED], at, tell.now))

    def _begin(self, tell: Tell, at: datetime, message: str) -> None:
        stage = lifecycle.move(self.stage, "start")
        self.status, self.started_at = stage, at
        # Calendars learn of a start that is not the planned one.
        self.sequence += at != self.scheduled_start
        self._say(tell, Kind.MAINTENANCE_STARTED, message)
        self._settle(tell, self.service_ids(), at)

    def _finish(self, tell: Tell, at: datetime, message: str) -> None:
        stage = lifecycle.move(self.stage, "complete")
        self.status, self.ended_at = stage, at
        self.sequence += at != self.scheduled_end
        self._say(tell, Kind.MAINTENANCE_COMPLETED, message)
        self._settle(tell, self.service_ids(), at)

    def _say(self, tell: Tell, kind: Kind, message: str) -> None:
        """Save the move, write it on the timeline and tell it."""
        message = message.strip() or SENTENCES[self.stage]
        self._keep(tell)
        self._write(tell, message, public=True)
        self._tell(tell, kind, {"message": message, "started_at": self.started_at, "ended_at": self.ended_at})

    def _settle(self, tell: Tell, service_ids: Collection[UUID], at: datetime | None = None) -> None:
        """Shelter the services while any window of theirs is under way, and no longer.

        The rows are locked before the windows are read: of two that end at once the second must see the first's end.
        """
        reason = f"{self.title}: {self.stage.label.lower()}" if self.public else ""
        for service in Service.objects.select_for_update(no_key=True).filter(id__in=service_ids).order_by("id"):
            on = service.maintenances.filter(status=Stage.IN_PROGRESS).exists()
            service.shelter(tell, reason, on=on, at=at)

    def _refuse_end(self, until: datetime, now: datetime) -> None:
        if until <= max(self.scheduled_end, now):
            raise ValidationError({"until": f"Choose a time after {self._shown(max(self.scheduled_end, now))}."})
        if until - self.begins > LONGEST:
            raise ValidationError({"until": f"A window lasts at most {LONGEST.days} days."})

    def _late(self, sentence: str, at: datetime, now: datetime) -> str:
        if now - at < PUNCTUAL:
            return sentence
        return f"{sentence} This was noted late, and counts from {self._shown(at)} as planned."

    def _shown(self, at: datetime) -> str:
        return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
