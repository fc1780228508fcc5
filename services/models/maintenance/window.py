"""The columns of a maintenance window and what its verbs share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now

from events.command import Tell
from events.errors import Gone
from events.kinds import Kind
from events.text import many_lines, one_line
from services.maintenance.lifecycle import OVER, Stage
from services.maintenance.repeat import words
from services.maintenance.wall import wall
from services.models.maintenance.series import MaintenanceSeries
from services.models.maintenance.update import MaintenanceUpdate
from services.models.service import Service

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Window(models.Model):
    """The abstract base of the window's aspects.

    ``recurrence`` is the RRULE (RFC 5545) by which it came, judged in ``timezone``; windows of one rule share
    ``series``, and ``slot`` is the instant that the rule gave it, wherever it was moved since. ``sequence`` counts what
    subscribers of the calendar must learn anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=200, validators=[one_line])
    description = models.TextField(max_length=20_000, blank=True, validators=[many_lines])
    services = models.ManyToManyField(Service, related_name="maintenances")
    public = models.BooleanField(default=True)
    scheduled_start = models.DateTimeField()
    scheduled_end = models.DateTimeField()
    timezone = models.CharField(max_length=64, default="UTC")
    recurrence = models.CharField(max_length=500, blank=True, validators=[one_line])
    series = models.ForeignKey(MaintenanceSeries, models.SET_NULL, null=True, editable=False, related_name="windows")
    slot = models.DateTimeField(null=True, editable=False)
    # Minutes before the start; null is no reminder.
    remind_before = models.PositiveIntegerField(null=True, blank=True, default=60)
    # Also set where the moment had passed when the window was planned: then nobody needs to be reminded.
    reminded_at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(max_length=12, choices=Stage.choices, default=Stage.SCHEDULED, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(default=now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    if TYPE_CHECKING:
        updates: RelatedManager[MaintenanceUpdate]
        series_id: UUID | None

    class Meta:
        abstract = True

    @property
    def stage(self) -> Stage:
        """Return the status as a :class:`Stage`."""
        return Stage(self.status)

    @property
    def is_over(self) -> bool:
        """Say whether nothing of it is to come."""
        return self.stage in OVER

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone that it was planned in."""
        return ZoneInfo(self.timezone)

    @property
    def begins(self) -> datetime:
        """Return when it began, or is to begin."""
        return self.started_at or self.scheduled_start

    @property
    def ends(self) -> datetime:
        """Return when it ended, or is to end; of one that never took place, when it would have."""
        return self.ended_at if self.ended_at and self.stage is Stage.COMPLETED else self.scheduled_end

    @property
    def repeats(self) -> str:
        """Return its rule in words; nothing for a single window."""
        return (
            words(self.recurrence, wall(self.slot or self.begins, self.zone), self.timezone) if self.recurrence else ""
        )

    @property
    def lies_in_one_day(self) -> bool:
        """Say whether it begins and ends on one day of its zone."""
        return wall(self.begins, self.zone).date() == wall(self.ends, self.zone).date()

    @property
    def reminder(self) -> datetime | None:
        """Return when to remind of it, if at all."""
        return self.scheduled_start - timedelta(minutes=self.remind_before) if self.remind_before else None

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "maintenance", self.id, self.title

    def service_ids(self) -> list[UUID]:
        """Return the ids of the services that are worked on."""
        return sorted(
            self.services.through._default_manager.filter(maintenance=self.pk).values_list("service", flat=True)
        )

    def _arm(self, at: datetime) -> None:
        """Be reminded anew, unless the moment has passed."""
        self.reminded_at = None if self.reminder is None or self.reminder > at else at

    def _keep(self, tell: Tell, *, insert: bool = False) -> None:
        """Validate and save the row that a verb has changed."""
        self.updated_at = tell.now
        self.full_clean(exclude=["series"])
        self.save(force_insert=insert)

    def _write(self, tell: Tell, message: str, *, public: bool) -> MaintenanceUpdate:
        """Add an entry to the timeline. The caller holds the window's lock, so numbers have no race."""
        update = MaintenanceUpdate(
            maintenance_id=self.id,
            message=message,
            status=self.status,
            public=public,
            author_kind=tell.actor.kind,
            author_id=tell.actor.id,
            author_name=tell.actor.name,
            created_at=tell.now,
            number=self.updates.count() + 1,
        )
        update.full_clean(exclude=["maintenance"])
        update.save(force_insert=True)
        return update

    def _tell(self, tell: Tell, kind: Kind, data: Mapping[str, Any], *, public: bool = True, **detail: Any) -> None:
        """Tell the log, naming services that it left, too. An event is public if the window is, and something in it."""
        left = Service.objects.filter(name__in=detail.get("before", {}).get("services", ()))
        times = {"scheduled_start": self.scheduled_start, "scheduled_end": self.scheduled_end}
        tell(
            kind,
            subject=self.subject,
            public=public and self.public and self.services.filter(public=True).exists(),
            services=sorted({*self.service_ids(), *left.values_list("id", flat=True)}),
            data={"title": self.title, "status": self.status, **times, **data},
            **detail,
        )


def hold(services: Collection[Service], beside: Collection[UUID] = ()) -> list[Service]:
    """Lock the services by id, so that none is deleted meanwhile; with them those ``beside``, in the same order.

    Raises ``ValidationError`` where none is named, and ``Gone`` when one has been deleted.
    """
    if not services:
        raise ValidationError({"services": "Choose what is worked on: a window has at least one service."})
    held = list(
        Service.objects.select_for_update(no_key=True)
        .filter(id__in={*(service.id for service in services), *beside})
        .order_by("id")
    )
    standing, named = {service.id for service in held}, {service.id for service in services}
    if missing := [service.name for service in services if service.id not in standing]:
        raise Gone(f"Deleted meanwhile: {', '.join(missing)}. Choose the services anew.")
    return [service for service in held if service.id in named]
