"""What recurring windows have in common: the rule, and how the next one is to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import models

from events.text import many_lines, one_line
from services.maintenance.recurrence import starts
from services.models.service import Service

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from services.models.maintenance.maintenance import Maintenance

# How many windows stand planned ahead, as far as they lie within this time; one always does.
AHEAD = 10
FAR = timedelta(days=60)


class MaintenanceSeries(models.Model):
    """A rule and the pattern of its windows. Windows of their own follow from it a few at a time.

    ``anchor`` is the wall time of the first window in ``timezone``: 2026-03-02T02:00. ``next_slot`` is the first start
    that has no window yet; null when the rule has come to its end or was cancelled.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rule = models.CharField(max_length=500, validators=[one_line])
    timezone = models.CharField(max_length=64)
    anchor = models.CharField(max_length=19)
    length = models.DurationField()
    next_slot = models.DateTimeField(null=True)
    title = models.CharField(max_length=200, validators=[one_line])
    description = models.TextField(max_length=20_000, blank=True, validators=[many_lines])
    public = models.BooleanField()
    remind_before = models.PositiveIntegerField(null=True, blank=True)
    services = models.ManyToManyField(Service, related_name="+")

    if TYPE_CHECKING:
        windows: RelatedManager[Maintenance]

    PATTERN = ("title", "description", "public", "remind_before")

    class Meta:
        verbose_name = "series of maintenance windows"
        verbose_name_plural = "series of maintenance windows"
        indexes = [models.Index(fields=["next_slot"], name="series_next_slot")]

    def __str__(self) -> str:
        return f"{self.title} ({self.rule})"

    def starts(self, after: datetime | None = None) -> Iterator[datetime]:
        """Yield the instants at which its windows begin."""
        return starts(self.rule, datetime.fromisoformat(self.anchor), ZoneInfo(self.timezone), after=after)

    def wanted(self, now: datetime, planned: int) -> list[datetime]:
        """Return the starts to plan now, and move ``next_slot`` behind them; ``planned`` windows stand ahead already.

        What lay wholly in a time when nobody planned is left out: it never took place.
        """
        if self.next_slot is None:
            return []
        since = max(self.next_slot, now - self.length) - timedelta(microseconds=1)
        room = max(AHEAD - planned, 0)
        coming = list(islice(self.starts(since), room + 1))
        chosen = [at for number, at in enumerate(coming[:room]) if at <= now + FAR or planned + number == 0]
        self.next_slot = coming[len(chosen)] if len(coming) > len(chosen) else None
        return chosen
