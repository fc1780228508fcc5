"""The incident: its columns, its aspects, and how it is declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from events.actors import Actor
from events.command import command
from events.kinds import Kind
from incidents import impact, placeholders
from incidents.following import Happened
from incidents.lifecycle import IncidentStatus, Response, Severity
from incidents.models.affected import affect
from incidents.models.answering import refuse_unable
from incidents.models.merging import Merging
from incidents.models.moving import parse
from incidents.models.past import refuse_beginning
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
        started_at: datetime | None = None,
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
        no subscriber is sent a message. ``started_at`` says that it began before; the status of services, and so their
        uptime, moves from now on all the same. Placeholders are filled. Raises ``ValidationError`` by field.
        """
        if parse(status) is IncidentStatus.RESOLVED:
            raise ValidationError({"status": "Declare it first, then resolve it."})
        refuse_unable(assignee, "assignee")
        if not automatic:
            title, body = _filled(title, body, severity, services or {}, started_at, now)
        with command(by, now=now, quiet=quiet) as tell:
            refuse_beginning(started_at, tell.now, services or {})
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
                started_at=started_at,
                created_at=tell.now,
                updated_at=tell.now,
            )
            incident.full_clean()
            incident.save(force_insert=True)
            affect(incident.id, services or {})
            # What a machine drafted is for responders: whoever publishes it says it in words of their own.
            incident._write(tell, Update.Kind.OPENED, body, public=public or not automatic)
            if assignee:
                incident._write(tell, Update.Kind.ASSIGNED, f"Assigned to {assignee}.")
            said = {"message": body, **({"started_at": started_at, "added_later": True} if started_at else {})}
            incident._tell(tell, Kind.INCIDENT_CREATED, said, public=True, after=incident._declared())
            incident._follow(Happened.DECLARED, tell)
            impact.settle(incident.service_ids(), tell, incident._reason("declared"))
        return incident

    def _declared(self) -> dict[str, object]:
        """Return what the log keeps of a new incident, without what is empty."""
        names = (*self.EDITABLE, "status", "started_at", "services")
        said = {
            name: value for name, value in self._said(dict.fromkeys(names)).items() if value not in ("", [], {}, None)
        }
        return said | ({"assignee": str(self.assignee)} if self.assignee else {})


def _filled(
    title: str,
    body: str,
    severity: str,
    services: Mapping[Service, Status | None],
    began: datetime | None,
    now: datetime | None,
) -> tuple[str, str]:
    """Fill the placeholders of what people write, and refuse what nobody filled; what machines say is no template."""
    at = now or timezone.now()
    names = sorted(service.name for service in services if service.public)
    known = {"severity": severity, "services": names, "started_at": began or at, "now": at}
    title, body = placeholders.fill_both(title, body, **known)
    placeholders.refuse_unfilled(title=title, body=body)
    return title, body
