"""Planned windows in which work is done on services."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from events.actors import Actor
from events.command import command
from services.maintenance.lifecycle import OVER, Stage
from services.maintenance.limits import check_reminder, check_times, zone_of
from services.models.maintenance.talking import Talking
from services.models.maintenance.window import hold
from services.models.service import Service


class MaintenanceQuerySet(models.QuerySet["Maintenance"]):
    """Finds windows."""

    def under_way(self) -> Self:
        """Keep those that have begun and not ended."""
        return self.filter(status=Stage.IN_PROGRESS)

    def upcoming(self) -> Self:
        """Keep those to come."""
        return self.filter(status=Stage.SCHEDULED)

    def over(self) -> Self:
        """Keep those of which nothing is to come, newest first."""
        return self.filter(status__in=OVER).order_by("-scheduled_start", "id")

    def visible(self) -> Self:
        """Keep those that the public may know: public ones with something public in them."""
        return self.filter(Exists(Service.objects.filter(maintenances=OuterRef("pk"), public=True)), public=True)

    def next_of_series(self) -> Self:
        """Leave out planned windows before which another of their series stands planned."""
        sooner = Maintenance.objects.filter(
            series=OuterRef("series"), status=Stage.SCHEDULED, scheduled_start__lt=OuterRef("scheduled_start")
        )
        return self.exclude(Exists(sooner), status=Stage.SCHEDULED)

    def at_hand(self, until: datetime) -> Self:
        """Keep those under way, and of those that begin before ``until`` the next of each series; in order of time."""
        coming = Q(status=Stage.SCHEDULED, scheduled_start__lt=until)
        return self.next_of_series().filter(Q(status=Stage.IN_PROGRESS) | coming).order_by("scheduled_start", "id")


class Maintenance(Talking):
    """A planned window: ``scheduled`` → ``in_progress`` → ``completed``, or ``cancelled``."""

    Stage = Stage
    objects = MaintenanceQuerySet.as_manager()

    class Meta:
        ordering = ["scheduled_start", "id"]
        indexes = [
            models.Index(fields=["status", "scheduled_start"], name="maintenance_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "slot"], name="maintenance_of_a_slot_once"),
            models.CheckConstraint(
                condition=Q(scheduled_end__gt=models.F("scheduled_start")),
                name="maintenance_ends_after_it_starts",
                violation_error_message="A window ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(status="scheduled", started_at__isnull=True, ended_at__isnull=True)
                | Q(status="in_progress", started_at__isnull=False, ended_at__isnull=True)
                | Q(status="completed", started_at__isnull=False, ended_at__isnull=False)
                | Q(status="cancelled", ended_at__isnull=False),
                name="maintenance_times_fit_status",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def schedule(
        cls,
        *,
        by: Actor,
        title: str,
        services: Collection[Service],
        start: datetime,
        end: datetime,
        timezone: str = "UTC",
        description: str = "",
        public: bool = True,
        recurrence: str = "",
        remind_before: int | None = 60,
        quiet: bool = False,
        now: datetime | None = None,
    ) -> Self:
        """Plan a window; with ``recurrence`` (RRULE) the first of a series, whose next ones are planned with it.

        ``quiet``, as for every verb here: the page shows it, but no subscriber is sent a message. Raises
        ``ValidationError`` by field, and ``Gone`` when a service has been deleted meanwhile.
        """
        with command(by, now=now, quiet=quiet) as tell:
            check_times(start, end, tell.now)
            zone_of(timezone)
            check_reminder(remind_before)
            held = hold(services)
            window = cls(
                title=title,
                description=description,
                public=public,
                scheduled_start=start.replace(microsecond=0),
                scheduled_end=end.replace(microsecond=0),
                timezone=timezone,
                remind_before=remind_before,
            )
            if recurrence.strip():
                window._begin_series(recurrence, held)
            window.enter(tell, held)
            window._plan_ahead(tell)
        return window
