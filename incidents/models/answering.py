"""Who has it: acknowledge, assign. Never changes what the public sees."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from events.actors import MACHINES, Actor
from events.command import command
from events.kinds import Kind
from events.locking import lock
from incidents.following import Happened
from incidents.lifecycle import TransitionDenied
from incidents.models.fields import IncidentFields
from incidents.models.update import Update

# Who may have an incident: whoever may change it.
ABLE = Role.OPERATOR


class Answering(IncidentFields):
    """The verbs of the responders among themselves."""

    class Meta:
        abstract = True

    def acknowledge(self, *, by: Actor, how: str = "", now: datetime | None = None) -> None:
        """Say "I have it". A second acknowledgement changes nothing; somebody's after a machine's is no second one.

        ``how``, such as ``link``, says for the log what was used. Raises ``TransitionDenied`` once resolved.
        """
        with command(by, now=now) as tell:
            lock(self)
            if not self.is_open:
                raise TransitionDenied("This incident is resolved; there is nothing to acknowledge.", self.stage)
            if self.acknowledged and (by.is_machine or self.acknowledgement()):
                tell.nothing()
                return
            self.acknowledged = True
            if self.acknowledged_at is None and not by.is_machine:
                self.acknowledged_at, self.acknowledged_by = tell.now, by.name
            self._write(tell, Update.Kind.ACKNOWLEDGED, "Acknowledged.")
            self._keep(tell)
            self._tell(tell, Kind.INCIDENT_ACKNOWLEDGED, {"how": how} if how else {}, public=False)
            self._follow(Happened.ACKNOWLEDGED, tell)

    def assign(self, user: User | None, *, by: Actor, now: datetime | None = None) -> None:
        """Hand it to ``user``; ``None`` hands it to nobody. Raises ``ValidationError`` for who cannot run incidents."""
        with command(by, now=now) as tell:
            lock(self)
            if self.assignee == user:
                tell.nothing()
                return
            refuse_unable(user, "user")
            before, self.assignee = self.assignee, user
            self._write(tell, Update.Kind.ASSIGNED, f"Assigned to {user}." if user else "Assigned to nobody.")
            self._keep(tell)
            detail = {"before": {"assignee": _name(before)}, "after": {"assignee": _name(user)}}
            self._tell(tell, Kind.INCIDENT_ASSIGNED, {}, public=False, **detail)
            self._follow(Happened.ASSIGNED, tell)

    def acknowledgement(self) -> Update | None:
        """Return the entry by which somebody, not a machine, acknowledged it since it was last opened."""
        said = Q(kind=Update.Kind.ACKNOWLEDGED) & ~Q(author_kind__in=MACHINES)
        last = self.updates.filter(said | Q(kind=Update.Kind.REOPENED)).order_by("number").last()
        return last if last is not None and last.kind == Update.Kind.ACKNOWLEDGED else None


def refuse_unable(user: User | None, field: str) -> None:
    """Raise ``ValidationError`` at ``field`` for somebody who could do nothing about an incident."""
    if user is None or user.has_role(ABLE):
        return
    why = "reads only" if user.is_active else "is deactivated"
    raise ValidationError({field: f"{user} {why}. Choose an operator or an admin."})


def _name(user: User | None) -> str | None:
    return str(user) if user else None
