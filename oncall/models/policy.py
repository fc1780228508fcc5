"""Escalation policies: whom to reach, in which order, until somebody answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from accounts.validators import validate_timezone
from events.actors import Actor
from events.command import Tell, command
from events.errors import StaleEdit
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from oncall import hours, steps
from oncall.models.aiming import refuse_unknown
from oncall.models.team import Team, hold
from oncall.restrictions import is_open, windows
from oncall.severities import SEVERITIES
from oncall.written import Said, Wrong
from services.models import Service
from services.models.saving import put, save, values

# In minutes, and in rounds.
LONGEST_REMINDER, MOST_ROUNDS = 7 * 24 * 60, 9


class EscalationPolicy(models.Model):
    """Steps, and when they count.

    ``services`` names those that it is for, unless it is for ``every_service``. ``severity``: the least, empty for all.
    ``hours`` are judged in ``timezone``; none means always.
    ``steps``: ``{"delay": minutes until the next, "targets": [{"schedule" | "user" | "channel": id}]}``.
    ``repeat``: how often all of them run again. ``remind_after``: minutes of silence after which whoever acknowledged
    is reminded; 0 for never.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(
        max_length=120, unique=True, validators=[one_line], error_messages={"unique": "Another policy has this name."}
    )
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="policies")
    services = models.ManyToManyField(Service, related_name="+", blank=True)
    # Not the same as to name none: those it named may have been deleted.
    every_service = models.BooleanField(default=True, editable=False)
    severity = models.CharField(max_length=10, blank=True, choices=[(each, each) for each in SEVERITIES])
    hours = models.JSONField(default=list, blank=True)
    timezone = models.CharField("time zone", max_length=64, blank=True)
    steps = models.JSONField()
    repeat = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_ROUNDS)])
    remind_after = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(LONGEST_REMINDER)])
    # Of several of one team the first counts.
    position = models.PositiveIntegerField(default=0)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    EDITABLE = (
        *("name", "team", "severity", "hours", "timezone", "steps", "repeat", "remind_after", "position", "enabled"),
    )

    class Meta:
        verbose_name_plural = "escalation policies"
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=["", *SEVERITIES]), name="escalation_policy_severity_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "escalation_policy", self.id, self.name

    @classmethod
    def add(cls, *, by: Actor, services: Iterable[Service] = (), now: datetime | None = None, **fields: Any) -> Self:
        """Make a policy. Raises ``ValidationError`` by field."""
        with command(by, now=now) as tell:
            hold(fields.get("team"))
            named = list(services)
            policy = cls(created_at=tell.now, updated_at=tell.now, every_service=not named, **fields)
            policy.full_clean()
            policy._refuse_unknown([])
            save(policy, insert=True)
            policy.services.set(named)
            policy._tell(tell, Kind.POLICY_CREATED, after=policy._said())
        return policy

    def edit(
        self, *, by: Actor, changes: Mapping[str, Any], version: int | None = None, now: datetime | None = None
    ) -> None:
        """Change fields of ``EDITABLE`` and ``services``, the whole set. Pages that run go on as they began.

        ``version`` is the one that the editor read: raises ``StaleEdit`` if it is old.
        """
        with command(by, now=now) as tell:
            hold(changes.get("team"))
            lock(self)
            self._refuse_stale(version)
            before = self._said()
            put(self, {name: value for name, value in changes.items() if name in self.EDITABLE})
            self.full_clean()
            self._refuse_unknown(before["steps"])
            if "services" in changes:
                self.services.set(named := list(changes["services"]))
                self.every_service = not named
            after = self._said()
            changed = [name for name in after if after[name] != before[name]]
            if not changed:
                tell.nothing()
                return
            self.version, self.updated_at = self.version + 1, tell.now
            save(self)
            was, is_now = ({name: said[name] for name in changed} for said in (before, after))
            self._tell(tell, Kind.POLICY_CHANGED, before=was, after=is_now)

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it. Pages that run go on: they hold what it said."""
        with command(by, now=now) as tell:
            lock(self)
            self._tell(tell, Kind.POLICY_DELETED, before=self._said())
            self.delete()

    def clean(self) -> None:
        """Write hours and steps as they are stored; raises ``ValidationError`` by field."""
        super().clean()
        try:
            self.hours = hours.checked(self.hours, "Hours")
        except Wrong as wrong:
            raise ValidationError({"hours": str(wrong)}) from None
        if self.timezone or self.hours:
            self._clean_zone()
        try:
            self.steps = steps.checked(self.steps)
        except Wrong as wrong:
            raise ValidationError({"steps": str(wrong)}) from None

    def is_for(self, services: Collection[str]) -> bool:
        """Say whether it is for one of these, by their ids as texts, or for every service."""
        return self.every_service or any(str(service.pk) in services for service in self.services.all())

    def works_at(self, at: datetime) -> bool:
        """Say whether it counts at the aware ``at``."""
        return not self.hours or is_open(windows(self.hours), ZoneInfo(self.timezone), at)

    def names(self, kind: str, identity: str) -> bool:
        """Say whether one of its steps has this target."""
        return any(target == identity for _, target in steps.targets(self.steps, kind))

    def _refuse_unknown(self, was: list[Said]) -> None:
        try:
            refuse_unknown(self.steps, was)
        except Wrong as wrong:
            raise ValidationError({"steps": str(wrong)}) from None

    def _clean_zone(self) -> None:
        if not self.timezone:
            raise ValidationError({"timezone": "Say in which time zone the hours are meant."})
        try:
            validate_timezone(self.timezone)
        except ValidationError as error:
            raise ValidationError({"timezone": error.messages}) from None

    def _said(self) -> dict[str, Any]:
        """Return what it says, as the log keeps it."""
        return {
            **values(self, self.EDITABLE),
            "team": self.team.name if self.team else None,
            "services": sorted(self.services.values_list("name", flat=True)),
            "every_service": self.every_service,
        }

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            raise StaleEdit(
                f"{self.name} was edited by somebody else meanwhile.", self._said() | {"version": self.version}
            )

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        tell(kind, subject=self.subject, **detail)
