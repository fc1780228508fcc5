"""Templates of incidents: what is written in a calm hour for the one that is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from events.text import LONG_TEXT, many_lines, one_line
from incidents.lifecycle import IncidentStatus, Severity
from incidents.tags import AsWritten, tags_are_words
from services.models import Service
from services.models.saving import put, save, values


class IncidentTemplate(models.Model):
    """What a new incident or an update begins with. Texts hold placeholders (:mod:`incidents.placeholders`).

    An empty field leaves the form's own beginning as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(
        max_length=120, unique=True, validators=[one_line], error_messages={"unique": "Another template has this name."}
    )
    title = models.CharField(max_length=200, blank=True, validators=[one_line])
    body = models.TextField(max_length=LONG_TEXT, blank=True, validators=[many_lines])
    severity = models.CharField(max_length=10, blank=True, choices=[(one, one.short) for one in Severity])
    status = models.CharField(max_length=20, blank=True, choices=[(one, one.capitalize()) for one in IncidentStatus])
    services = models.ManyToManyField(Service, related_name="+", blank=True)
    tags = models.JSONField(default=list, blank=True, validators=[tags_are_words], encoder=AsWritten)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    EDITABLE = ("name", "title", "body", "severity", "status", "tags")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(severity__in=["", *Severity]), name="template_severity_is_a_severity"),
            models.CheckConstraint(condition=Q(status__in=["", *IncidentStatus]), name="template_status_is_a_status"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "template", self.id, self.name

    @classmethod
    def add(
        cls, *, by: Actor, name: str, services: Iterable[Service] = (), now: datetime | None = None, **fields: Any
    ) -> Self:
        """Make one; ``fields`` are those of ``EDITABLE``. Raises ``ValidationError`` by field."""
        with command(by, now=now) as tell:
            template = cls(name=name, created_at=tell.now, updated_at=tell.now, **fields)
            template._check()
            save(template, insert=True)
            template.services.set(services)
            template._tell(tell, Kind.TEMPLATE_CREATED, after=template._said(cls.EDITABLE))
        return template

    def edit(self, *, by: Actor, changes: Mapping[str, Any], now: datetime | None = None) -> None:
        """Change fields of ``EDITABLE``, and ``services``, the whole set."""
        with command(by, now=now) as tell:
            lock(self)
            was = self.service_names()
            before = put(self, {name: value for name, value in changes.items() if name in self.EDITABLE})
            if "services" in changes:
                self.services.set(changes["services"])
            after = values(self, before)
            if (names := self.service_names()) != was:
                before["services"], after["services"] = was, names
            if not before:
                tell.nothing()
                return
            self.updated_at = tell.now
            self._check()
            save(self)
            self._tell(tell, Kind.TEMPLATE_CHANGED, before=before, after=after)

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it. What was written with it stays."""
        with command(by, now=now) as tell:
            lock(self)
            self._tell(tell, Kind.TEMPLATE_DELETED, before=self._said(self.EDITABLE))
            self.delete()

    def service_names(self) -> list[str]:
        """Return what its services are called, in order."""
        return sorted(service.name for service in self.services.all())

    def _said(self, names: Iterable[str]) -> dict[str, Any]:
        said = {**values(self, names), "services": self.service_names()}
        return {name: value for name, value in said.items() if value}

    def _check(self) -> None:
        self.full_clean()
        if not (self.title.strip() or self.body.strip()):
            raise ValidationError({"body": "Write a title or a text: an empty template says nothing."})

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        tell(kind, subject=self.subject, **detail)
