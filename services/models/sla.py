"""Promises that were broken, or nearly."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Self, cast
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from events.actors import CLOCK, Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from events.text import many_lines
from services.models.promises import Promise, Span, own_period, promises
from services.models.service import Service
from services.sla.budget import State, is_due, is_over
from services.sla.period import Period, title
from services.uptime import DAY, floor


class AlreadyAcknowledged(Refused):
    """Somebody has acknowledged it before."""

    code = "already_acknowledged"


class SlaBreachQuerySet(models.QuerySet["SlaBreach"]):
    """Finds breaches."""

    def standing(self, now: datetime) -> Self:
        """Keep those that say already what is so at ``now``: rolling ones that are not over, or began today."""
        today = floor(now, DAY)
        rolling = Q(period=Service.SlaPeriod.ROLLING_30)
        return self.filter(
            Q(rolling, Q(over_at=None) | Q(period_start=today)) | Q(~rolling, period_start__lte=now, period_end__gt=now)
        )

    def running(self) -> Self:
        """Keep those of rolling periods that are not over."""
        return self.filter(period=Service.SlaPeriod.ROLLING_30, over_at=None)

    def unacknowledged(self) -> Self:
        """Keep those that nobody has looked at."""
        return self.filter(acknowledged_at=None)


class SlaBreach(models.Model):
    """A service used up its allowance of downtime in a period (``breach``), or 80 % of it (``warning``); once each.

    ``target`` in percent, ``allowance`` and ``downtime`` in seconds, all as they were at ``at``: they stay as they were
    known. For a rolling period ``period_start`` is the day on which the budget was first overdrawn.
    """

    class Level(models.TextChoices):
        """How bad it is."""

        WARNING = "warning"
        BREACH = "breach"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="sla_breaches")
    level = models.CharField(max_length=7, choices=Level.choices)
    period = models.CharField(max_length=12, choices=Service.SlaPeriod.choices)
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    target = models.DecimalField(max_digits=6, decimal_places=3)
    allowance = models.FloatField()
    downtime = models.FloatField()
    at = models.DateTimeField(default=timezone.now)
    # For a rolling period: when enough of it had passed by again.
    over_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=5000, blank=True, validators=[many_lines])

    objects = SlaBreachQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "level", "period", "period_start"], name="sla_breach_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.level}"

    @property
    def when(self) -> str:
        """Return the period as people call it."""
        return title(self.period, self.period_start)

    @property
    def down(self) -> timedelta:
        """Return how long the service had been down."""
        return timedelta(seconds=self.downtime)

    @property
    def allowed(self) -> timedelta:
        """Return how long it might have been."""
        return timedelta(seconds=self.allowance)

    @classmethod
    def assess(
        cls, service: Service, *, by: Actor = CLOCK, now: datetime | None = None, span: Span = own_period
    ) -> None:
        """Record what the service has come to at ``now``, unless a row says so already, and what it has got over.

        ``span`` is the period that is looked at; of one that is over, how it ended. A breach of a rolling period is
        over when less than 80 % of the allowance is used again. Everything is decided under the service's lock, so of
        two workers the second finds nothing to do.
        """
        with command(by, now=now) as tell:
            lock(service)
            promise = promises(Service.objects.filter(pk=service.pk), tell.now, span)[0]
            if is_over(promise.budget):
                cls._end(promise, tell)
            if is_due(promise.budget.state, cls._said(service, promise.budget.period.latest(tell.now))):
                cls._begin(promise, tell)
            if not tell.events:
                tell.nothing()

    def acknowledge(self, *, by: Actor, note: str = "", now: datetime | None = None) -> None:
        """Say who has looked at it, and what follows. Raises ``AlreadyAcknowledged`` the second time."""
        with command(by, now=now) as tell:
            lock(self)
            if self.acknowledged_at:
                raise AlreadyAcknowledged(f"{self.acknowledged_by or 'Somebody'} has acknowledged this already.")
            self.acknowledged_at, self.acknowledged_by, self.note = tell.now, str(by), note
            self.full_clean(exclude=["service", "over_at"], validate_unique=False, validate_constraints=False)
            self.save()
            self.announce(tell, Kind.SLA_BREACH_ACKNOWLEDGED, note=note)

    @classmethod
    def _said(cls, service: Service, now: datetime) -> set[str]:
        rows = cls.objects.standing(now).filter(service=service, period=service.sla_period)
        return set(rows.values_list("level", flat=True))

    @classmethod
    def _begin(cls, promise: Promise, tell: Tell) -> None:
        service, budget = promise.service, promise.budget
        period = _of_row(budget.period, tell.now)
        breach = cls(
            service=service,
            level=budget.state.value,
            period=service.sla_period,
            period_start=period.start,
            period_end=period.end,
            target=cast("Decimal", budget.target),
            allowance=budget.allowance.total_seconds() if budget.allowance else 0,
            downtime=budget.seen.down.total_seconds(),
            at=tell.now,
        )
        breach.save(force_insert=True)
        breach.announce(tell, Kind.SLA_BREACHED if budget.state is State.BREACH else Kind.SLA_WARNING)

    @classmethod
    def _end(cls, promise: Promise, tell: Tell) -> None:
        for breach in cls.objects.running().filter(service=promise.service).select_related("service"):
            breach.over_at = tell.now
            breach.save()
            breach.announce(tell, Kind.SLA_RECOVERED)

    def announce(self, tell: Tell, kind: Kind, **more: object) -> None:
        """Tell the log, inside a verb."""
        names = ("level", "period", "period_start", "period_end", "target", "allowance", "downtime")
        data = {name: getattr(self, name) for name in names} | {"breach": self.id, **more}
        tell(kind, subject=self.service.subject, services=[self.service_id], data=data)


def _of_row(period: Period, now: datetime) -> Period:
    """Return what names a breach: the calendar period, or of a rolling one the day."""
    return Period(floor(now, DAY), period.end) if period.rolls else period
