"""Saying that some alerts shall make no incident for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from alerts.states import State, Suppressed
from events.actors import Actor
from events.command import command
from events.kinds import Kind
from events.locking import lock
from events.text import many_lines
from services.models import Service

if TYPE_CHECKING:
    from alerts.models.alert import Alert


class SilenceQuerySet(models.QuerySet["Silence"]):
    """Finds silences."""

    def standing(self, now: datetime) -> Self:
        """Keep those that hold at ``now``."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Silence(models.Model):
    """Alerts that it names are stored and shown, make no incident and page nobody, until ``ends_at``.

    It names one ``alert`` (every episode of its fingerprint), one ``service``, or ``matchers``:
    ``[{"name": label, "value": text, "equal": bool}]``, all of which must hold.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    alert = models.ForeignKey("alerts.Alert", models.CASCADE, null=True, blank=True, related_name="+")
    service = models.ForeignKey("services.Service", models.CASCADE, null=True, blank=True, related_name="+")
    matchers = models.JSONField(default=list, blank=True)
    why = models.CharField(max_length=500, blank=True, validators=[many_lines])
    created_by = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = SilenceQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("starts_at")), name="silence_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.why or f"until {self.ends_at:%Y-%m-%d %H:%M} UTC"

    @classmethod
    def add(
        cls,
        *,
        by: Actor,
        ends_at: datetime,
        alert: Alert | None = None,
        service: Service | None = None,
        matchers: Sequence[Mapping[str, Any]] = (),
        why: str = "",
        now: datetime | None = None,
    ) -> Self:
        """Silence from now on what one of ``alert``, ``service`` and ``matchers`` names, open alerts too.

        An alert that is in an incident already stays in it. Raises ``ValidationError``.
        """
        with command(by, now=now) as tell:
            made = cls(alert=alert, service=service, matchers=list(matchers), why=why)
            made.created_by, made.created_at = str(by)[:200], tell.now
            made.starts_at, made.ends_at = tell.now, ends_at
            made._check(tell.now)
            made.full_clean()
            made.save(force_insert=True)
            made._cover()
            tell(Kind.SILENCE_CREATED, subject=made.subject, after=made.said())
        return made

    def end(self, *, by: Actor, now: datetime | None = None) -> None:
        """End it before its time; the next round of the clock lets what it covered fire. A second time does nothing."""
        with command(by, now=now) as tell:
            lock(self)
            if self.ends_at <= tell.now:
                tell.nothing()
                return
            before, self.ends_at = self.ends_at, tell.now
            self.save()
            tell(Kind.SILENCE_ENDED, subject=self.subject, before={"ends_at": before})

    def said(self) -> dict[str, Any]:
        """Return what the log keeps of it."""
        about = {"alert": self.alert and str(self.alert.pk), "service": self.service and self.service.name}
        return {**about, "matchers": self.matchers, "ends_at": self.ends_at, "why": self.why}

    def _check(self, now: datetime) -> None:
        if sum((self.alert is not None, self.service is not None, bool(self.matchers))) != 1:
            raise ValidationError("Say what to silence: one alert, one service, or labels.")
        if self.ends_at <= now:
            raise ValidationError({"ends_at": "That is past. Give a time to come."})

    def _cover(self) -> None:
        """Mark the alerts that are open and named."""
        from alerts.models.alert import Alert

        firing = Alert.objects.filter(status=State.FIRING)
        if self.alert is not None:
            firing = firing.filter(integration=self.alert.integration_id, fingerprint=self.alert.fingerprint)
        if self.service is not None:
            firing = firing.filter(service=self.service)
        rows = firing.select_for_update(no_key=True).order_by("fingerprint")
        ids = [alert.pk for alert in rows if self.covers(alert)]
        Alert.objects.filter(pk__in=ids).update(status=State.SUPPRESSED, suppressed_by=Suppressed.SILENCE, silence=self)

    def covers(self, alert: Alert) -> bool:
        """Say whether it names the alert."""
        if self.alert is not None:
            mine = (self.alert.integration_id, self.alert.fingerprint)
            return mine == (alert.integration_id, alert.fingerprint)
        if self.service_id is not None:
            return self.service_id == alert.service_id
        return bool(self.matchers) and all(_holds(matcher, alert.labels) for matcher in self.matchers)

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "silence", self.id, str(self)[:200]


def _holds(matcher: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Say whether a label is, or is not, what the matcher says; one that is missing is empty."""
    return (labels.get(matcher["name"], "") == matcher["value"]) is matcher.get("equal", True)
