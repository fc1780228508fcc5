"""The verbs by which a component gets its heartbeat, and loses it.

They hold the service, the component and the heartbeat, in this order, and the component follows in the same command.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from events.actors import Actor
from events.command import Tell, command
from events.errors import StaleEdit
from events.kinds import Kind
from services.models.beat import TARGET, new_token
from services.models.component import Component
from services.models.pausing import Pausing
from services.models.saving import put
from services.probes import clean
from services.probes.reach import guard
from services.probes.secrets import kept

if TYPE_CHECKING:
    from services.models.heartbeat import Heartbeat


class Configuring(Pausing):
    """Say how a component is checked."""

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
        changed = put(self, {"kind": kind, "url": url, "options": options, **schedule})
        if before and not changed:
            tell.nothing()
            return
        self.version, self.updated_at = self.version + 1, tell.now
        self.full_clean(exclude=["component"])
        if changed.keys() & {*TARGET}:
            self._count_anew()
        self._begin(tell.now)
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

    def rotate_token(self, *, by: Actor, now: datetime | None = None) -> None:
        """Give the watched job another address; the one before is dead at once."""
        with command(by, now=now) as tell:
            self._lock()
            self.token, self.version, self.updated_at = new_token(), self.version + 1, tell.now
            self.save()
            self._tell(tell, Kind.HEARTBEAT_TOKEN_ROTATED)

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

    def _refuse_stale(self, version: int | None) -> None:
        if self.version and version is not None and version != self.version:
            sentence = f"The heartbeat of {self.component.name} was changed by somebody else meanwhile."
            raise StaleEdit(sentence, {**self._said(), "version": self.version})

    def _count_anew(self) -> None:
        """Forget what was counted: it was about something else."""
        self.consecutive_failures = self.consecutive_successes = 0
        self.last_checked_at = self.started_at = None
        if self.waits:
            self.verdict = None
