"""The columns of a schedule and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models

from accounts.validators import validate_timezone
from events.command import Tell
from events.kinds import Kind
from events.text import one_line
from oncall.models.team import Team
from oncall.written import Said

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from oncall.models.edition import Edition
    from oncall.models.override import Override


class ScheduleFields(models.Model):
    """The abstract base of the schedule's aspects."""

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

    class Meta:
        abstract = True

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

    def said(self) -> dict[str, Any]:
        """Return what it says besides its layers, as the log keeps it."""
        return {"name": self.name, "team": self.team.name if self.team else None, "timezone": self.timezone}

    def tell_of(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        """Tell an event about it. Schedules are never public."""
        tell(kind, subject=self.subject, **detail)
