"""Services: what users depend on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, ProtectedError
from django.utils import timezone

from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused, StaleEdit
from events.kinds import Kind
from events.locking import lock
from events.text import many_lines, one_line
from services.models.arranging import Arranging
from services.models.change import Source, record
from services.models.deriving import Deriving
from services.models.group import Group
from services.models.order import last
from services.models.saving import put, save, values
from services.models.slug import free_slug
from services.models.telling import plain
from services.status import Status

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from services.models.change import StatusChange
    from services.models.component import Component


class ServiceInUse(Refused):
    """A service cannot be deleted while incidents are open on it."""

    code = "service_in_use"


class Service(Deriving, Arranging):
    """Something that users depend on."""

    class SlaPeriod(models.TextChoices):
        """The period over which ``sla_target`` is promised."""

        MONTH = "month", "Calendar month"
        QUARTER = "quarter", "Calendar quarter"
        ROLLING_30 = "rolling_30", "Last 30 days"

    class AutoIncident(models.TextChoices):
        """What happens when a heartbeat has found a component down for a while."""

        OFF = "off", "Nothing"
        DRAFT = "draft", "Open an internal draft that one click publishes"
        PUBLISH = "publish", "Open an incident and publish it at once"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True, error_messages={"unique": "Another service has this slug."})
    name = models.CharField(
        max_length=120,
        unique=True,
        validators=[one_line],
        error_messages={"unique": "Another service has this name."},
    )
    description = models.TextField(blank=True, max_length=2000, validators=[many_lines])
    url = models.URLField(blank=True, max_length=500)
    owner = models.CharField(blank=True, max_length=120, validators=[one_line])
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="services")
    public = models.BooleanField(default=False)
    sla_target = models.DecimalField(
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    sla_period = models.CharField(max_length=12, choices=SlaPeriod.choices, default=SlaPeriod.MONTH)
    show_latency = models.BooleanField(default=False)
    auto_incident = models.CharField(max_length=8, choices=AutoIncident.choices, default=AutoIncident.OFF)
    # Minutes for which a component is red before an incident is opened.
    auto_incident_after = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(24 * 60)]
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    if TYPE_CHECKING:
        components: RelatedManager[Component]
        status_changes: RelatedManager[StatusChange]

    class Meta:
        # Said outright, because SQLite and PostgreSQL differ in where they put rows without a group.
        ordering = [
            F("group__position").asc(nulls_last=True),
            F("group__name").asc(nulls_last=True),
            "position",
            "name",
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=[*Status]), name="service_status_is_a_status"),
        ]

    EDITABLE = (
        *("slug", "name", "description", "url", "owner", "group", "position", "public", "sla_target", "sla_period"),
        *("show_latency", "auto_incident", "auto_incident_after"),
    )

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "service", self.id, self.name

    @classmethod
    def add(cls, *, by: Actor, now: datetime | None = None, **fields: Any) -> Self:
        """Make a service, last of its group, with a slug of its name unless one is given.

        Raises ``ValidationError`` by field.
        """
        with command(by, now=now) as tell:
            _hold(fields.get("group"))
            fields.setdefault("position", last(cls.objects.filter(group=fields.get("group"))))
            fields["slug"] = fields.get("slug") or free_slug(cls.objects.all(), fields.get("name", ""))
            service = cls(created_at=tell.now, updated_at=tell.now, status_since=tell.now, **fields)
            service.full_clean()
            save(service, insert=True)
            record(tell, service, None, Source.MANUAL)
            service._tell(tell, Kind.SERVICE_CREATED, after=plain(fields))
        return service

    def edit(
        self, *, by: Actor, changes: Mapping[str, Any], version: int | None = None, now: datetime | None = None
    ) -> None:
        """Change fields of ``EDITABLE``.

        ``version`` is the one that the editor read: raises ``StaleEdit`` if it is old.
        """
        with command(by, now=now) as tell:
            _hold(changes.get("group"))
            lock(self)
            self._refuse_stale(version)
            before = put(self, changes)
            if not before:
                tell.nothing()
                return
            if "group" in before and "position" not in before:
                before |= put(self, {"position": last(Service.objects.filter(group=self.group))})
            self.version, self.updated_at = self.version + 1, tell.now
            self.full_clean()
            save(self)
            self._tell(tell, Kind.SERVICE_CHANGED, before=plain(before), after=plain(values(self, before)))

    def remove(self, *, by: Actor) -> None:
        """Delete the service with its components and history.

        Raises ``ServiceInUse`` while incidents are open on it.
        """
        with command(by) as tell:
            lock(self)
            self._tell(tell, Kind.SERVICE_DELETED, before={"name": self.name, "slug": self.slug})
            try:
                self.delete()
            except ProtectedError as error:
                names = ", ".join(sorted(f"“{thing}”" for thing in error.protected_objects))
                raise ServiceInUse(f"{self.name} cannot be deleted while this is open on it: {names}.") from None

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            raise StaleEdit(
                f"{self.name} was edited by somebody else meanwhile.",
                plain({field: getattr(self, field) for field in self.EDITABLE} | {"version": self.version}),
            )

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        tell(kind, subject=self.subject, public=self.public, services=[self.id], **detail)


def _hold(group: Group | None) -> None:
    # PostgreSQL checks foreign keys at commit, too late for a sentence. Groups are locked before services everywhere.
    if group is not None:
        lock(group)
