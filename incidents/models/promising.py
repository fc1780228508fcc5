"""When readers hear next: the promise, its keeper, and what the clock says of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from events.actors import CLOCK, Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from incidents.models.answering import ABLE, Answering
from incidents.models.update import Update


class NothingToPromise(Refused):
    """The incident is over: nobody waits for its next update."""

    code = "resolved"


class Promising(Answering):
    """The verb ``promise_update``. The next public update keeps the promise, unless it makes another; so does the end.

    ``next_update_by`` is the promise; ``next_update_reminded`` and ``next_update_missed`` are the one that somebody was
    reminded of, and the one that readers were told is broken.
    """

    class Meta:
        abstract = True

    def promise_update(self, at: datetime | None, *, by: Actor, now: datetime | None = None) -> None:
        """Promise readers the next update by ``at``, UTC; ``None`` takes the promise back.

        Raises ``Refused`` once it is resolved, ``ValidationError`` for what is past.
        """
        with command(by, now=now) as tell:
            refuse_past(at, tell.now, "next_update_by")
            lock(self)
            if not self.is_open:
                raise NothingToPromise("This incident is resolved; nobody waits for its next update.")
            if at == self.next_update_by:
                tell.nothing()
                return
            before = self.next_update_by
            self._promise(at)
            self._keep(tell)
            detail = {"before": {"next_update_by": before}, "after": {"next_update_by": at}}
            self._tell(tell, Kind.INCIDENT_UPDATE_PROMISED, {"next_update_by": at}, public=True, **detail)

    def remind_of_update(self, *, ahead: timedelta, now: datetime) -> None:
        """Tell whoever keeps the promise that it is due within ``ahead``, then everybody that it is broken: each once.

        The clock's verb: says nothing where neither has come, or both were said.
        """
        with command(CLOCK, now=now) as tell:
            lock(self)
            kind = self._due_to_say(ahead, now)
            if kind is None:
                tell.nothing()
                return
            due = self.next_update_reminded = self.next_update_by
            if kind is Kind.INCIDENT_UPDATE_OVERDUE:
                self.next_update_missed = due
            self.save(update_fields=["next_update_reminded", "next_update_missed"])
            keeper = self.keeper()
            told = {"next_update_by": due, "owner": str(keeper.pk) if keeper else None}
            self._tell(tell, kind, told, public=kind is Kind.INCIDENT_UPDATE_OVERDUE)

    def keeper(self) -> User | None:
        """Return who keeps the promise: whoever has it, or else the person who declared it."""
        if self.assignee is not None and self.assignee.has_role(ABLE):
            return self.assignee
        opened = self.updates.filter(kind=Update.Kind.OPENED, author_kind="user").first()
        try:
            return User.objects.able_to(ABLE).filter(pk=opened.author_id).first() if opened else None
        except ValidationError:
            # An author is strings: what stands there need not be an id.
            return None

    def _due_to_say(self, ahead: timedelta, now: datetime) -> Kind | None:
        due = self.next_update_by
        if due is None or not self.is_open:
            return None
        if due <= now:
            return Kind.INCIDENT_UPDATE_OVERDUE if self.next_update_missed is None else None
        return Kind.INCIDENT_UPDATE_DUE if due <= now + ahead and self.next_update_reminded is None else None

    def _promise(self, at: datetime | None) -> None:
        """Put another promise, or none, in place of the one that stands; unsaved."""
        self.next_update_by, self.next_update_reminded, self.next_update_missed = at, None, None


def worth_a_word(now: datetime, ahead: timedelta) -> Q:
    """Ask for incidents whose promise the clock has something to say of."""
    soon = Q(next_update_by__lte=now + ahead, next_update_reminded=None)
    return soon | Q(next_update_by__lte=now, next_update_missed=None)


def refuse_past(promised: datetime | None, now: datetime, field: str) -> None:
    """Raise ``ValidationError`` at ``field`` for a promise that is broken already."""
    if promised is not None and promised <= now:
        raise ValidationError({field: "That is past. Give a time to come."})
