"""The incident: its columns, its aspects, and how it is declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import User
from events.actors import Actor
from events.command import command
from events.kinds import Kind
from incidents import impact
from incidents.following import Happened
from incidents.lifecycle import IncidentStatus, Response, Severity
from incidents.models.affected import affect
from incidents.models.answering import refuse_unable
from incidents.models.merging import Merging
from incidents.models.moving import parse
from incidents.models.update import Update
from services.models import Service
from services.status import Status

_BY_RESPONSE = {
    Response.RESOLVED: Q(status=IncidentStatus.RESOLVED),
    Response.IN_PROGRESS: Q(status__in=[IncidentStatus.IDENTIFIED, IncidentStatus.MONITORING]),
    Response.ACKNOWLEDGED: Q(status=IncidentStatus.INVESTIGATING, acknowledged=True),
    Response.OPEN: Q(status=IncidentStatus.INVESTIGATING, acknowledged=False),
}


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Finds incidents."""

    def open(self) -> Self:
        """Leave out the resolved ones."""
        return self.exclude(status=IncidentStatus.RESOLVED)

    def visible(self) -> Self:
        """Leave out the internal ones. Every public surface begins here."""
        return self.filter(public=True)

    def responding(self, response: Response) -> Self:
        """Keep those whose responders are so far; the query that :func:`incidents.lifecycle.response` answers."""
        return self.filter(_BY_RESPONSE[response])


class Incident(Merging):
    """Something that is wrong: what, how bad, since when, who has it, and all that was said about it."""

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="incident_status"),
            models.Index(fields=["public", "-created_at"], name="incident_public"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=[*IncidentStatus]), name="incident_status_is_a_status"),
            models.CheckConstraint(condition=Q(severity__in=[*Severity]), name="incident_severity_is_a_severity"),
            models.CheckConstraint(
                condition=Q(status=IncidentStatus.RESOLVED, resolved_at__isnull=False)
                | (~Q(status=IncidentStatus.RESOLVED) & Q(resolved_at__isnull=True)),
                name="incident_resolved_exactly_when_resolved_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def declare(
        cls,
        *,
        by: Actor,
        title: str,
        severity: Severity | str,
        body: str = "",
        services: Mapping[Service, Status | None] | None = None,
        public: bool = True,
        status: IncidentStatus | str = IncidentStatus.INVESTIGATING,
        assignee: User | None = None,
        tags: Sequence[str] = (),
        root_cause: str = "",
        resolution: str = "",
        automatic: bool = False,
        quiet: bool = False,
        now: datetime | None = None,
    ) -> Self:
        """Declare an open incident. ``services`` maps each affected service to an impact of its own, or None.

        Its opening text is the first entry of the timeline. ``quiet``, as for every verb here: the page shows it, but
        no subscriber is sent a message. Raises ``ValidationError`` by field.
        """
        if parse(status) is IncidentStatus.RESOLVED:
            raise ValidationError({"status": "Declare it first, then resolve it."})
        refuse_unable(assignee, "assignee")
        with command(by, now=now, quiet=quiet) as tell:
            incident = cls(
                title=title,
                severity=severity,
                body=body,
                public=public,
                status=status,
                assignee=assignee,
                tags=list(tags),
                root_cause=root_cause,
                resolution=resolution,
                declared_by=by.name,
                automatic=automatic,
                created_at=tell.now,
                updated_at=tell.now,
            )
            incident.full_clean()
            incident.save(force_insert=True)
            affect(incident.id, services or {})
            incident._write(tell, Update.Kind.OPENED, body, public=True)
            if assignee:
                incident._write(tell, Update.Kind.ASSIGNED, f"Assigned to {assignee}.")
            incident._tell(tell, Kind.INCIDENT_CREATED, {"message": body}, public=True)
            incident._follow(Happened.DECLARED, tell)
            impact.settle(incident.service_ids(), tell, incident._reason("declared"))
        return incident
