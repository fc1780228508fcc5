"""Schedules: who is on call when, by turns."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import User
from accounts.validators import validate_timezone
from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused, StaleEdit
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from oncall import layers as written_layers
from oncall.models.covering import Covering
from oncall.models.edition import EVER, Edition
from oncall.models.team import Team
from oncall.written import Said, Wrong
from services.models.saving import put, save

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from oncall.models.override import Override


class ScheduleInUse(Refused):
    """A schedule cannot be deleted while a policy pages it."""

    code = "schedule_in_use"


class Schedule(Covering):
    """A name for “whoever is on call”. What its layers are stands in its editions: the past is not rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(
        max_length=120, unique=True, validators=[one_line], error_messages={"unique": "Another schedule has this name."}
    )
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="schedules")
    timezone = models.CharField("time zone", max_length=64, default="UTC", validators=[validate_timezone])
    # Whoever knows it reads the calendar, and nothing else.
    feed_token = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    if TYPE_CHECKING:
        editions: RelatedManager[Edition]
        overrides: RelatedManager[Override]

    EDITABLE = ("name", "team", "timezone")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "schedule", self.id, self.name

    @property
    def layers(self) -> list[Said]:
        """Return the layers of its newest edition, the highest first."""
        newest = max(self.editions.all(), key=lambda edition: edition.valid_from, default=None)
        return newest.layers if newest else []

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
            said = schedule._checked(layers or [])
            schedule.editions.create(valid_from=EVER, timezone=timezone, layers=said)
            schedule.tell_of(tell, Kind.SCHEDULE_CREATED, after=schedule._said() | {"layers": said})
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
            was, said_was, zone_was = self._said(), self.layers, self.timezone
            before = put(self, {name: value for name, value in changes.items() if name in self.EDITABLE})
            self.full_clean()
            said = self._handed_on(said_was, changes, zone_was, tell.now)
            if not before and said == said_was:
                tell.nothing()
                return
            self.version, self.updated_at = self.version + 1, tell.now
            save(self)
            self._write(said, tell.now)
            self._tell_edit(tell, was | {"layers": said_was}, self._said() | {"layers": said})

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it with its overrides. Raises ``ScheduleInUse`` while a policy pages it."""
        with command(by, now=now) as tell:
            lock(self)
            if names := self._pagers():
                raise ScheduleInUse(f"{self.name} cannot be deleted while a policy pages it: {', '.join(names)}.")
            self.tell_of(tell, Kind.SCHEDULE_DELETED, before=self._said() | {"layers": self.layers})
            self.delete()

    def rotate_feed(self, *, by: Actor, now: datetime | None = None) -> None:
        """Give its calendar another address; the one before answers no more."""
        with command(by, now=now) as tell:
            lock(self)
            self.feed_token = _token()
            save(self)
            self.tell_of(tell, Kind.SCHEDULE_CHANGED, data={"calendar": "another address"})

    def tell_of(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        """Tell an event about it. Schedules are never public."""
        tell(kind, subject=self.subject, **detail)

    def _handed_on(self, was: list[Said], changes: Mapping[str, Any], zone: str, at: datetime) -> list[Said]:
        if "layers" not in changes:
            return was
        return written_layers.handed_on(was, self._checked(changes["layers"], was), zone, at)

    def _checked(self, layers: object, was: list[Said] = []) -> list[Said]:  # noqa: B006 - never changed
        """Return the layers as stored; who is deactivated may stay where they were, and not come in."""
        people = {str(pk) for pk in User.objects.filter(is_active=True).values_list("pk", flat=True)}
        people |= {person for layer in was for person in layer["participants"]}
        try:
            return written_layers.checked(layers, people)
        except Wrong as wrong:
            raise ValidationError({"layers": str(wrong)}) from None

    def _write(self, layers: list[Said], now: datetime) -> None:
        # Nothing has gone by of an edition that begins this instant, or later because the clock was set back.
        self.editions.filter(valid_from__gte=now).delete()
        newest = self.editions.order_by("valid_from").last()
        if newest is None or (newest.layers, newest.timezone) != (layers, self.timezone):
            self.editions.create(valid_from=now, timezone=self.timezone, layers=layers)

    def _pagers(self) -> list[str]:
        from oncall.models.policy import EscalationPolicy

        return [policy.name for policy in EscalationPolicy.objects.all() if policy.names("schedule", str(self.pk))]

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            stands = self._said() | {"layers": self.layers, "version": self.version}
            raise StaleEdit(f"{self.name} was edited by somebody else meanwhile.", stands)

    def _tell_edit(self, tell: Tell, before: dict[str, Any], after: dict[str, Any]) -> None:
        changed = [name for name in after if after[name] != before[name]]
        self.tell_of(
            tell,
            Kind.SCHEDULE_CHANGED,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )

    def _said(self) -> dict[str, Any]:
        """Return what it says, as the log keeps it."""
        return {"name": self.name, "team": self.team.name if self.team else None, "timezone": self.timezone}


def _token() -> str:
    return secrets.token_urlsafe(32)


def hold(team: Team | None) -> None:
    """Keep a team from being deleted meanwhile: PostgreSQL checks foreign keys at commit, too late for a sentence.

    Teams are locked before schedules and policies everywhere.
    """
    if team is not None:
        lock(team)
