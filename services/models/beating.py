"""The verbs of a heartbeat: say how a component is checked, pause, switch off.

They hold the service, the component and the heartbeat, in this order, and the component follows in the same command.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import models

from events.actors import Actor
from events.command import Tell, command
from events.errors import StaleEdit
from events.kinds import Kind
from events.locking import lock
from services.models.component import Component
from services.probes import KINDS, clean, push
from services.probes.reach import guard
from services.probes.secrets import kept, masked

if TYPE_CHECKING:
    from services.models.heartbeat import Heartbeat

SCHEDULE = ("interval", "timeout", "degraded_after", "down_after", "recover_after", "latency_threshold_ms")
# Another answer to one of these is an answer about something else.
TARGET = ("kind", "url", "options")


def new_token() -> str:
    """Return a secret for the address that a watched job calls: 32 random bytes."""
    return secrets.token_urlsafe(32)


class Beating(models.Model):
    """What is said here about columns is the business of :class:`services.models.Heartbeat`."""

    EDITABLE = (*TARGET, *SCHEDULE)

    if TYPE_CHECKING:
        component: Any
        component_id: Any
        kind: str
        url: str
        options: dict[str, Any]
        interval: int
        enabled: bool
        paused_until: datetime | None
        token: str
        verdict: str | None
        consecutive_failures: int
        consecutive_successes: int
        last_checked_at: datetime | None
        next_check_at: datetime | None
        lease_until: datetime | None
        lease_token: Any
        started_at: datetime | None
        updated_at: datetime
        version: int

    class Meta:
        abstract = True

    @classmethod
    def configure(
        cls,
        component: Component,
        *,
        by: Actor,
        kind: str,
        url: str = "",
        options: Mapping[str, Any] | None = None,
        version: int | None = None,
        now: datetime | None = None,
        **schedule: Any,
    ) -> Heartbeat:
        """Give the component its heartbeat, or change the one that it has; the next check is due at once.

        ``schedule`` holds fields of ``SCHEDULE``; those left out stay as they are, or have their default. ``options``
        are said whole, but for secrets: :func:`services.probes.secrets.kept`. ``version`` is the one that the editor
        read: raises ``StaleEdit`` if it is old. Raises ``ValidationError`` by field.
        """
        with command(by, now=now) as tell:
            component.hold()
            row = cls.held(component, tell.now)
            row.say(tell, kind, url, options or {}, schedule, version)
        return row

    def say(
        self,
        tell: Tell,
        kind: str,
        url: str,
        options: Mapping[str, Any],
        schedule: Mapping[str, Any],
        version: int | None,
    ) -> None:
        """Do the work of :meth:`configure` inside its command, on a row that is held."""
        self._refuse_stale(version)
        url = url.strip()
        if kind == self.kind:
            options = kept(kind, url, options, self.options, self.url)
        options = clean(kind, url, options, guard())
        before = self._said() if self.version else {}
        changed = self._put({"kind": kind, "url": url, "options": options, **schedule})
        if before and not changed:
            tell.nothing()
            return
        self.version, self.updated_at = self.version + 1, tell.now
        self.full_clean(exclude=["component"])
        self._begin(tell.now, anew=not changed.isdisjoint(TARGET))
        self.save()
        self._tell(tell, Kind.HEARTBEAT_CONFIGURED, before=before, after=self._said())
        self._settle(tell, "Waiting for the first call.")

    def switch_off(self, *, by: Actor, now: datetime | None = None) -> None:
        """Remove the heartbeat. What it measured stays; the component is again what was typed in."""
        with command(by, now=now) as tell:
            self._lock()
            component = self.component
            self._tell(tell, Kind.HEARTBEAT_SWITCHED_OFF, before=self._said())
            self.delete()
            component.forget(tell, "The heartbeat was switched off.")

    def pause(self, *, by: Actor, until: datetime | None = None, now: datetime | None = None) -> None:
        """Let the checks rest, until they are resumed or ``until`` has come. Nobody knows how the component is then."""
        with command(by, now=now) as tell:
            self._lock()
            if until is not None and until <= tell.now:
                raise ValidationError({"until": "This has passed already. Name an instant that is still to come."})
            if self.is_paused and self.paused_until == until:
                tell.nothing()
                return
            self.enabled, self.paused_until, self.next_check_at = until is not None, until, until
            self._let_go()
            self.verdict = None
            self.save()
            self._tell(tell, Kind.HEARTBEAT_PAUSED, after={"until": until})
            self._settle(tell, "The heartbeat is paused.")

    def resume(self, *, by: Actor, now: datetime | None = None) -> None:
        """Let the checks go on; the first is due at once."""
        with command(by, now=now) as tell:
            self._lock()
            if not self.is_paused:
                tell.nothing()
                return
            self.enabled, self.paused_until = True, None
            self._begin(tell.now, anew=False)
            self.save()
            self._tell(tell, Kind.HEARTBEAT_RESUMED)

    def rotate_token(self, *, by: Actor, now: datetime | None = None) -> None:
        """Give the watched job another address; the one before is dead at once."""
        with command(by, now=now) as tell:
            self._lock()
            self.token, self.version, self.updated_at = new_token(), self.version + 1, tell.now
            self.save()
            self._tell(tell, Kind.HEARTBEAT_TOKEN_ROTATED)

    @property
    def is_paused(self) -> bool:
        """Say whether its checks rest. A pause with an end is over with the first check after it."""
        return not self.enabled or self.paused_until is not None

    @property
    def waits(self) -> bool:
        """Say whether the job tells, instead of being asked."""
        return self.kind in KINDS and KINDS[self.kind].waits

    def deadline(self, since: datetime) -> datetime:
        """Return the instant by which a job that was last heard of at ``since`` must call, without longer runs."""
        return push.due(since, None, interval=self.interval, grace=float(self.options.get("grace", 0)))

    @classmethod
    def held(cls, component: Component, now: datetime) -> Heartbeat:
        """Return the component's heartbeat, held; one of version 0 where it has none yet."""
        rows = cast("models.Manager[Heartbeat]", cls._default_manager).select_for_update(no_key=True)
        row = rows.filter(component=component).first()
        if row is None:
            made: Any = cls
            row = made(version=0, created_at=now, next_check_at=None)
        row.component = component
        return cast("Heartbeat", row)

    def _lock(self) -> None:
        component = self.component
        component.hold()
        lock(self)
        self.component = component

    def _refuse_stale(self, version: int | None) -> None:
        if self.version and version is not None and version != self.version:
            sentence = f"The heartbeat of {self.component.name} was changed by somebody else meanwhile."
            raise StaleEdit(sentence, {**self._said(), "version": self.version})

    def _put(self, fields: Mapping[str, Any]) -> set[str]:
        """Put the fields on the row, unsaved. Return which of them changed."""
        changed = {name for name, value in fields.items() if getattr(self, name) != value}
        for name in changed:
            setattr(self, name, fields[name])
        return changed

    def _begin(self, now: datetime, *, anew: bool) -> None:
        """Make the next check due, and refuse the one that may be running. ``anew``: what was counted is over.

        A job that has never called is not late: it may not know its address yet.
        """
        if anew:
            self.consecutive_failures = self.consecutive_successes = 0
            self.last_checked_at = self.started_at = None
        if self.waits:
            self.verdict = None if anew else self.verdict
            self.next_check_at = self.deadline(now) if self.last_checked_at else None
        elif not self.is_paused:
            self.next_check_at = now
        self._let_go()

    def _let_go(self) -> None:
        """Take the lease from a check that runs: its result is no longer about this."""
        self.lease_until = self.lease_token = None

    def _settle(self, tell: Tell, message: str) -> None:
        """Have the component know that nobody knows."""
        if self.verdict is None and (self.is_paused or self.waits):
            self.component.take(None, tell, message)

    def _said(self) -> dict[str, Any]:
        """Return what an operator may have said, secrets masked."""
        fields = {name: getattr(self, name) for name in self.EDITABLE}
        return {**fields, "options": masked(self.kind, self.options)}

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        component = self.component
        tell(kind, subject=component.subject, services=[component.service_id], **detail)
