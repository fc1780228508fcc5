"""Making schedules and changing them, from now on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused, StaleEdit
from events.kinds import Kind
from events.locking import lock
from oncall.models.edition import EVER
from oncall.models.schedule.covering import Covering
from oncall.models.team import Team, hold
from oncall.written import Said
from services.models.saving import put, save

if TYPE_CHECKING:
    from oncall.models.policy import EscalationPolicy


class ScheduleInUse(Refused):
    """A schedule cannot be deleted while a policy pages it."""

    code = "schedule_in_use"


class Changing(Covering):
    """The verbs ``add``, ``edit``, ``remove`` and ``rotate_feed``."""

    EDITABLE = ("name", "team", "timezone")

    class Meta:
        abstract = True

    @classmethod
    def add(
        cls,
        *,
        by: Actor,
        name: str,
        timezone: str = "UTC",
        team: Team | None = None,
        layers: list[Said] | None = None,
        now: datetime | None = None,
    ) -> Self:
        """Make a schedule. Raises ``ValidationError`` by field."""
        with command(by, now=now) as tell:
            hold(team)
            schedule = cls(name=name, timezone=timezone, team=team, feed_token=_token())
            schedule.created_at = schedule.updated_at = tell.now
            schedule.full_clean()
            save(schedule, insert=True)
            said = schedule.checked(layers or [])
            schedule.editions.create(valid_from=EVER, timezone=timezone, layers=said)
            schedule.tell_of(tell, Kind.SCHEDULE_CREATED, after=schedule.said() | {"layers": said})
        return schedule

    def edit(
        self, *, by: Actor, changes: Mapping[str, Any], version: int | None = None, now: datetime | None = None
    ) -> None:
        """Change fields of ``EDITABLE`` and ``layers``, the whole list, from now on; what was before stays.

        ``version`` is the one that the editor read: raises ``StaleEdit`` if it is old.
        """
        with command(by, now=now) as tell:
            hold(changes.get("team"))
            lock(self)
            self._refuse_stale(version)
            was, said_was, zone_was = self.said(), self.layers, self.timezone
            before = put(self, {name: value for name, value in changes.items() if name in self.EDITABLE})
            self.full_clean()
            said = self.handed_on(changes["layers"], zone_was, tell.now) if "layers" in changes else said_was
            if not before and said == said_was:
                tell.nothing()
                return
            self.version, self.updated_at = self.version + 1, tell.now
            save(self)
            self._write(said, tell.now)
            self._tell_edit(tell, was | {"layers": said_was}, self.said() | {"layers": said})

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it with its overrides. Raises ``ScheduleInUse`` while a policy pages it."""
        with command(by, now=now) as tell:
            lock(self)
            if found := self.pagers():
                names = ", ".join(policy.name for policy in found)
                raise ScheduleInUse(f"{self.name} cannot be deleted while a policy pages it: {names}.")
            self.tell_of(tell, Kind.SCHEDULE_DELETED, before=self.said() | {"layers": self.layers})
            self.delete()

    def rotate_feed(self, *, by: Actor, now: datetime | None = None) -> None:
        """Give its calendar another address; the one before answers no more."""
        with command(by, now=now) as tell:
            lock(self)
            self.feed_token = _token()
            save(self)
            self.tell_of(tell, Kind.SCHEDULE_CHANGED, data={"calendar": "another address"})

    def _write(self, layers: list[Said], now: datetime) -> None:
        # Nothing has gone by of an edition that begins this instant, or later because the clock was set back.
        self.editions.filter(valid_from__gte=now).delete()
        newest = self.editions.order_by("valid_from").last()
        if newest is None or (newest.layers, newest.timezone) != (layers, self.timezone):
            self.editions.create(valid_from=now, timezone=self.timezone, layers=layers)

    def pagers(self) -> list[EscalationPolicy]:
        """Return the policies that page it."""
        from oncall.models.policy import EscalationPolicy

        return [policy for policy in EscalationPolicy.objects.all() if policy.names("schedule", str(self.pk))]

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            stands = self.said() | {"layers": self.layers, "version": self.version}
            raise StaleEdit(f"{self.name} was edited by somebody else meanwhile.", stands)

    def _tell_edit(self, tell: Tell, before: dict[str, Any], after: dict[str, Any]) -> None:
        changed = [name for name in after if after[name] != before[name]]
        self.tell_of(
            tell,
            Kind.SCHEDULE_CHANGED,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )


def _token() -> str:
    return secrets.token_urlsafe(32)
