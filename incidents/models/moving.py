"""How an incident moves: updates, transitions, resolve, reopen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from events.actors import Actor
from events.command import Tell, command
from events.kinds import TOLD_WITH, Kind
from events.locking import lock
from incidents import impact, lifecycle
from incidents.following import Happened
from incidents.lifecycle import REOPENED, SENTENCES, IncidentStatus, TransitionDenied
from incidents.models.past import refuse_time
from incidents.models.promising import Promising, refuse_past
from incidents.models.update import Update

# Only reopening leads back to the first.
_HAPPENED = {IncidentStatus.RESOLVED: Happened.RESOLVED, REOPENED: Happened.REOPENED}


class Moving(Promising):
    """The verbs that write on the timeline. Each locks the row and asks the table."""

    class Meta:
        abstract = True

    def post_update(
        self,
        *,
        by: Actor,
        message: str,
        status: IncidentStatus | str | None = None,
        estimated_resolution: datetime | None = None,
        next_update_by: datetime | None = None,
        happened_at: datetime | None = None,
        public: bool = True,
        quiet: bool = False,
        now: datetime | None = None,
    ) -> Update:
        """Say something: to the public, or as a note (``public=False``).

        ``status`` moves the incident with it; the status it has already is no move. ``next_update_by`` promises the
        next update; a public one without it ends the promise that stands. ``happened_at`` says that it is added later,
        which readers see; it moves nothing. Raises ``TransitionDenied``, and
        ``ValidationError`` for an empty message, a note with a status, or a promise that is broken already.
        """
        wanted = parse(status) if status else None
        _refuse_empty(message)
        _refuse_together(wanted, next_update_by, happened_at, public=public)
        with command(by, now=now, quiet=quiet) as tell:
            refuse_past(estimated_resolution, tell.now, "estimated_resolution")
            refuse_past(next_update_by, tell.now, "next_update_by")
            lock(self)
            refuse_time(happened_at, tell.now, self.began_at)
            if next_update_by and not self.is_open:
                raise ValidationError(
                    {"next_update_by": "This incident is resolved; nobody waits for its next update."}
                )
            if public:
                message = self._put_into_words(message, tell)
            if wanted and wanted is not self.stage:
                return self._move(tell, wanted, message, estimated_resolution, next_update_by)
            if public and not (happened_at and next_update_by is None):
                self._promise(next_update_by)
            kind = Update.Kind.UPDATE if public else Update.Kind.NOTE
            update = self._write(
                tell, kind, message, public=public, estimated_resolution=estimated_resolution, happened_at=happened_at
            )
            self._keep(tell)
            data: dict[str, Any] = {"message": message, "estimated_resolution": estimated_resolution}
            data |= {"update": str(update.id), "next_update_by": self.next_update_by if public else None}
            data |= {"happened_at": happened_at, "added_later": True} if happened_at else {}
            self._tell(tell, Kind.INCIDENT_UPDATE_POSTED, data, public=public)
            self._follow(Happened.UPDATED, tell)
        return update

    def transition(
        self,
        status: IncidentStatus | str,
        *,
        by: Actor,
        message: str = "",
        quiet: bool = False,
        now: datetime | None = None,
    ) -> Update:
        """Move forward. Raises ``TransitionDenied``."""
        wanted = parse(status)
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            return self._move(tell, wanted, self._put_into_words(message, tell))

    def resolve(
        self,
        *,
        by: Actor,
        message: str = "",
        root_cause: str = "",
        resolution: str = "",
        quiet: bool = False,
        now: datetime | None = None,
    ) -> Update:
        """Resolve, with what was found and done. Raises ``TransitionDenied``."""
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            message = self._put_into_words(message, tell)
            found = {"root_cause": root_cause, "resolution": resolution}
            before = self._put({name: text for name, text in found.items() if text})
            self.version += bool(before)
            after = {name: found[name] for name in before}
            return self._move(tell, IncidentStatus.RESOLVED, message, before=before, after=after)

    def reopen(self, *, by: Actor, message: str = "", quiet: bool = False, now: datetime | None = None) -> Update:
        """Go back from resolved to investigating, to be acknowledged anew.

        Raises ``TransitionDenied`` unless it is resolved and the setting ``INCIDENT_REOPEN`` allows it.
        """
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            if not settings.INCIDENT_REOPEN:
                raise TransitionDenied("Reopening is switched off here. Declare a new incident.", self.stage)
            if self.is_open:
                raise TransitionDenied("Only a resolved incident can be reopened.", self.stage)
            message = self._put_into_words(message, tell)
            self.acknowledged, self.merged_into = False, None
            return self._turn(tell, REOPENED, Update.Kind.REOPENED, Kind.INCIDENT_REOPENED, message)

    def _move(
        self,
        tell: Tell,
        wanted: IncidentStatus,
        message: str,
        estimated_resolution: datetime | None = None,
        next_update_by: datetime | None = None,
        **detail: Any,
    ) -> Update:
        lifecycle.check(self.stage, wanted)
        if wanted is not IncidentStatus.RESOLVED and not tell.actor.is_machine and not self._is_answered(tell.actor):
            # Whoever goes on with it has it.
            self._answer(tell, {TOLD_WITH: Kind.INCIDENT_STATUS_CHANGED})
        entry, kind = Update.Kind.TRANSITION, Kind.INCIDENT_STATUS_CHANGED
        return self._turn(tell, wanted, entry, kind, message, estimated_resolution, next_update_by, **detail)

    def _turn(
        self,
        tell: Tell,
        wanted: IncidentStatus,
        entry: Update.Kind,
        kind: Kind,
        message: str,
        estimated_resolution: datetime | None = None,
        next_update_by: datetime | None = None,
        **detail: Any,
    ) -> Update:
        message = message.strip() or SENTENCES[wanted]
        old, self.status = self.stage, wanted
        self._promise(next_update_by)
        self.resolved_at = tell.now if wanted is IncidentStatus.RESOLVED else None
        update = self._write(tell, entry, message, public=True, estimated_resolution=estimated_resolution)
        self._keep(tell)
        data = {
            "old": old,
            "new": wanted,
            "message": message,
            "estimated_resolution": estimated_resolution,
            "next_update_by": next_update_by,
            "update": str(update.id),
        }
        self._tell(tell, kind, data, public=True, **detail)
        self._follow(_HAPPENED.get(wanted, Happened.UPDATED), tell)
        impact.settle(self.service_ids(), tell, self._reason(wanted))
        return update


def parse(status: IncidentStatus | str) -> IncidentStatus:
    """Read a status. Raises ``ValidationError`` that names what is allowed."""
    try:
        return IncidentStatus(status)
    except ValueError:
        allowed = ", ".join(IncidentStatus)
        raise ValidationError({"status": f"“{status}” is not a status. Use one of: {allowed}."}) from None


def _refuse_empty(message: str) -> None:
    if not message.strip():
        raise ValidationError({"message": "Write what has happened."})


def _refuse_together(
    wanted: IncidentStatus | None, next_update_by: datetime | None, happened_at: datetime | None, *, public: bool
) -> None:
    """Refuse what contradicts itself, by field."""
    if wanted and not public:
        raise ValidationError({"status": "A note is internal and moves no status. Make it public, or leave this."})
    if wanted and happened_at:
        raise ValidationError({"happened_at": "A move happens now. Post what happened before as an update of its own."})
    if next_update_by and (not public or wanted is IncidentStatus.RESOLVED):
        raise ValidationError({"next_update_by": "Promise the next update with a public one that resolves nothing."})
