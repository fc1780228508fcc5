"""Components: the parts and dependencies of a service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from events.text import many_lines, one_line
from services.models.change import Source, record
from services.models.depending import hold, refuse_circle
from services.models.measured import Measured
from services.models.order import Placed, arrange, last
from services.models.saving import put, save, values
from services.models.service import Service
from services.models.telling import plain
from services.status import Status


class Component(Measured, Placed):
    """A part or dependency of a service ("PostgreSQL", "Redis"). Its service's row is locked before its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="components")
    name = models.CharField(max_length=120, validators=[one_line])
    description = models.TextField(blank=True, max_length=2000, validators=[many_lines])
    depends_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="dependents")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"],
                name="component_name_once",
                violation_error_message="This service has a component of that name already.",
            ),
            models.CheckConstraint(condition=models.Q(status__in=[*Status]), name="component_status_is_a_status"),
        ]

    EDITABLE = ("name", "description", "position", "depends_on")

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "component", self.id, self.name

    @classmethod
    def add(cls, service: Service, *, by: Actor, now: datetime | None = None, **fields: Any) -> Self:
        """Make a component, last unless a position is given."""
        with command(by, now=now) as tell:
            hold(service, fields.get("depends_on"))
            lock(service)
            fields.setdefault("position", last(service.components.all()))
            component = cls(service=service, created_at=tell.now, updated_at=tell.now, status_since=tell.now, **fields)
            component.full_clean()
            save(component, insert=True)
            record(tell, service, None, Source.MANUAL, component=component)
            component._tell(tell, Kind.COMPONENT_CREATED, after=plain(fields))
            service.rederive(tell, source=Source.MANUAL, message=f"{component.name} was added.")
        return component

    def edit(self, *, by: Actor, changes: Mapping[str, Any]) -> None:
        """Change fields of ``EDITABLE``. Raises ``ValidationError`` by field."""
        with command(by) as tell:
            hold(self.service, changes.get("depends_on"))
            self.hold()
            before = put(self, changes)
            if not before:
                tell.nothing()
                return
            self.updated_at = tell.now
            self.full_clean()
            if "depends_on" in before:
                refuse_circle(self)
            save(self)
            self._tell(tell, Kind.COMPONENT_CHANGED, before=plain(before), after=plain(values(self, before)))

    def set_status(
        self, status: Status | str | None, *, by: Actor, message: str = "", now: datetime | None = None
    ) -> None:
        """Set the status by hand; ``None`` goes back to operational."""
        with command(by, now=now) as tell:
            self.hold()
            was = self._set_by_hand(status, message)
            old = self._turn(*self._derived(), tell.now)
            if not was:
                tell.nothing()
                return
            self.updated_at = tell.now
            self.full_clean()
            self.save()
            if old is None:
                self._tell(tell, Kind.COMPONENT_CHANGED, before=was, after=self._hand())
                return
            record(tell, self.service, old, Source.MANUAL, message, component=self)
            self.service.rederive(tell, source=Source.MANUAL, message=f"{self.name}: {message or self.current.label}")

    def remove(self, *, by: Actor) -> None:
        """Delete the component and its history; its service is derived anew."""
        with command(by) as tell:
            self.hold()
            self._tell(tell, Kind.COMPONENT_DELETED, before={"name": self.name, "status": self.status})
            self.delete()
            self.service.rederive(tell, source=Source.MANUAL, message=f"{self.name} was removed.")

    @classmethod
    def reorder(cls, service: Service, order: Sequence[UUID], *, by: Actor) -> None:
        """Put the components of a service into this order.

        Raises ``ValidationError`` unless every one is named once.
        """
        with command(by) as tell:
            lock(service)
            rows = arrange(cls.objects.filter(service=service), order, "Name every component exactly once.")
            tell(
                Kind.SERVICES_REORDERED,
                subject=service.subject,
                public=service.public,
                services=[service.id],
                after={"order": [component.name for component in rows]},
            )

    def hold(self) -> None:
        """Hold the row until the transaction ends, after its service. Raises ``Gone``."""
        lock(self.service)
        service = self.service
        lock(self)
        self.service = service

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        tell(kind, subject=self.subject, public=self.service.public, services=[self.service_id], **detail)
