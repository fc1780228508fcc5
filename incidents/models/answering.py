"""Who has it: acknowledge, assign. Never changes what the public sees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from events.actors import MACHINES, Actor
from events.command import Tell, command
from events.kinds import TOLD_WITH, Kind
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

        A person has from then on what nobody is assigned to; a key or a machine assigns nobody. ``how``, such as
        ``link``, says for the log what was used. Raises ``TransitionDenied`` once resolved.
        """
        with command(by, now=now) as tell:
            lock(self)
            if not self.is_open:
                raise TransitionDenied("This incident is resolved; there is nothing to acknowledge.", self.stage)
            if self._is_answered(by):
                tell.nothing()
                return
            self._answer(tell, {"how": how} if how else {})

    def assign(self, user: User | None, *, by: Actor, now: datetime | None = None) -> None:
        """Hand it to ``user``; ``None`` hands it to nobody. Who takes it themselves acknowledges it with that.

        Raises ``ValidationError`` for who cannot run incidents.
        """
        with command(by, now=now) as tell:
            lock(self)
            takes = user is not None and by.kind == "user" and by.id == str(user.pk) and self.is_open
            if self.assignee != user:
                refuse_unable(user, "user")
                self._hand_to(user, tell)
            if takes and not self._is_answered(by):
                self._answer(tell, {TOLD_WITH: Kind.INCIDENT_ASSIGNED} if tell.events else {})
            if not tell.events:
                tell.nothing()

    def _is_answered(self, by: Actor) -> bool:
        """Say whether an acknowledgement by ``by`` would be a second one."""
        return self.acknowledged and (by.is_machine or self.acknowledgement() is not None)

    def _answer(self, tell: Tell, data: Mapping[str, Any]) -> None:
        """Note that whoever acts has it. The caller holds the row; ``data`` goes into what is told."""
        self.acknowledged = True
        if self.acknowledged_at is None and not tell.actor.is_machine:
            self.acknowledged_at, self.acknowledged_by = tell.now, tell.actor.name
        self._write(tell, Update.Kind.ACKNOWLEDGED, "Acknowledged.")
        self._keep(tell)
        has_it = self.assignee or _person(tell.actor)
        self._tell(tell, Kind.INCIDENT_ACKNOWLEDGED, {"assignee": _name(has_it), **data}, public=False)
        self._follow(Happened.ACKNOWLEDGED, tell)
        if has_it != self.assignee:
            self._hand_to(has_it, tell, {TOLD_WITH: data.get(TOLD_WITH, Kind.INCIDENT_ACKNOWLEDGED)})

    def _hand_to(self, user: User | None, tell: Tell, data: Mapping[str, Any] | None = None) -> None:
        before, self.assignee = self.assignee, user
        self._write(tell, Update.Kind.ASSIGNED, f"Assigned to {user}." if user else "Assigned to nobody.")
        self._keep(tell)
        detail = {"before": {"assignee": _name(before)}, "after": {"assignee": _name(user)}}
        self._tell(tell, Kind.INCIDENT_ASSIGNED, data or {}, public=False, **detail)
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


def _person(actor: Actor) -> User | None:
    """Return the person who acts, where they may have an incident; a key or a machine is nobody."""
    try:
        return User.objects.able_to(ABLE).filter(pk=actor.id).first() if actor.kind == "user" else None
    except ValidationError:
        # An actor is strings: what stands there need not be an id.
        return None


def _name(user: User | None) -> str | None:
    return str(user) if user else None
