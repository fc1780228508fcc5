"""The columns of an incident and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models

from events.command import Tell
from events.kinds import Kind
from events.text import LONG_TEXT, many_lines, one_line
from incidents import lifecycle, placeholders
from incidents.following import Happened, follow
from incidents.lifecycle import IncidentStatus, Response, Severity
from incidents.models.update import Update
from incidents.tags import AsWritten, tags_are_words

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from incidents.models.affected import Affected
    from incidents.models.incident import Incident


class IncidentFields(models.Model):
    """The abstract base of the incident's aspects."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=200, validators=[one_line])
    body = models.TextField(max_length=LONG_TEXT, blank=True, validators=[many_lines])
    severity = models.CharField(max_length=10, choices=[(severity, severity.short) for severity in Severity])
    status = models.CharField(
        max_length=20,
        choices=[(status, status.capitalize()) for status in IncidentStatus],
        default=IncidentStatus.INVESTIGATING,
        editable=False,
    )
    public = models.BooleanField(default=True)
    root_cause = models.TextField(max_length=LONG_TEXT, blank=True, validators=[many_lines])
    resolution = models.TextField(max_length=LONG_TEXT, blank=True, validators=[many_lines])
    tags = models.JSONField(default=list, blank=True, validators=[tags_are_words], encoder=AsWritten)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    declared_by = models.CharField(max_length=200, editable=False)
    # Whether a machine declared it: such an incident may resolve itself while no human has touched it.
    automatic = models.BooleanField(default=False, editable=False)
    # The one that goes on in its place.
    merged_into = models.ForeignKey(
        "incidents.Incident", models.SET_NULL, null=True, editable=False, related_name="merged"
    )
    # Whether anybody has it since it was last opened; the other two tell of the first time ever that somebody did, for
    # MTTA: what OpStatus does by itself is not measured.
    acknowledged = models.BooleanField(default=False, editable=False)
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    acknowledged_by = models.CharField(max_length=200, blank=True, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    # When readers were promised the next update, and of which promise the clock has told what (``promising.py``).
    next_update_by = models.DateTimeField(null=True, editable=False)
    next_update_reminded = models.DateTimeField(null=True, editable=False)
    next_update_missed = models.DateTimeField(null=True, editable=False)
    # Set where it began before it was declared. ``created_at`` stays the declaration, where measuring begins.
    started_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    if TYPE_CHECKING:
        affected: RelatedManager[Affected]
        merged: RelatedManager[Incident]
        updates: RelatedManager[Update]

    class Meta:
        abstract = True

    @property
    def stage(self) -> IncidentStatus:
        """Return the status as an :class:`IncidentStatus`."""
        return IncidentStatus(self.status)

    @property
    def sev(self) -> Severity:
        """Return the severity as a :class:`Severity`."""
        return Severity(self.severity)

    @property
    def began_at(self) -> datetime:
        """Return when it began: when it was declared, unless somebody said that it was earlier."""
        return self.started_at or self.created_at

    @property
    def response(self) -> Response:
        """Return how far the responders are."""
        return lifecycle.response(self.stage, acknowledged=self.acknowledged)

    @property
    def is_open(self) -> bool:
        """Say whether it is not resolved."""
        return self.stage is not IncidentStatus.RESOLVED

    @property
    def mtta_seconds(self) -> float | None:
        """Return seconds from declaration to the first acknowledgement by somebody; ``None`` before it."""
        return _seconds(self.created_at, self.acknowledged_at)

    @property
    def mttr_seconds(self) -> float | None:
        """Return seconds from declaration to the last resolve; ``None`` while open."""
        return _seconds(self.created_at, self.resolved_at)

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "incident", self.id, self.title

    def service_ids(self) -> list[UUID]:
        """Return the ids of the services that it affects."""
        return list(self.affected.order_by("service_id").values_list("service_id", flat=True))

    def filled(self, text: str, now: datetime) -> str:
        """Return a text for readers outside with its placeholders filled; private services are not named."""
        if "{{" not in text:
            return text
        names = self.affected.filter(service__public=True).order_by("service__name")
        return placeholders.fill(
            text,
            placeholders.values_of(
                title=self.title,
                severity=self.severity,
                services=list(names.values_list("service__name", flat=True)),
                started_at=self.began_at,
                now=now,
            ),
        )

    def _put_into_words(self, message: str, tell: Tell, field: str = "message") -> str:
        """Fill what a person says in public, and refuse what nobody filled; what machines say is no template."""
        if tell.actor.is_machine:
            return message
        message = self.filled(message, tell.now)
        placeholders.refuse_unfilled(**{field: message})
        return message

    def note(self, tell: Tell, message: str) -> None:
        """Leave a note of what another command does about the incident. Its caller holds the incident's lock."""
        self._write(tell, Update.Kind.NOTE, message)
        self.updated_at = tell.now
        self.save(update_fields=["updated_at"])

    def _put(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Put changed fields on the row, unsaved. Return what they were."""
        before = {name: getattr(self, name) for name, value in changes.items() if getattr(self, name) != value}
        for name in before:
            setattr(self, name, changes[name])
        return before

    def _reason(self, what: str) -> str:
        """Return why its services move, for their histories; an internal incident says nothing there."""
        return f"{self.title}: {what}" if self.public else ""

    def _write(
        self,
        tell: Tell,
        kind: Update.Kind,
        message: str = "",
        *,
        public: bool = False,
        estimated_resolution: datetime | None = None,
        happened_at: datetime | None = None,
    ) -> Update:
        """Add an entry to the timeline. The caller holds the incident's lock, so numbers have no race."""
        update = Update(
            incident_id=self.id,
            kind=kind,
            message=message,
            status=self.status,
            public=public,
            author_kind=tell.actor.kind,
            author_id=tell.actor.id,
            author_name=tell.actor.name,
            estimated_resolution=estimated_resolution,
            happened_at=happened_at,
            created_at=tell.now,
            number=self.updates.count() + 1,
        )
        # Its number and status are ours; what is typed has no constraint.
        update.full_clean(exclude=["incident"], validate_constraints=False)
        update.save(force_insert=True)
        return update

    def _tell(self, tell: Tell, kind: Kind, data: Mapping[str, Any], *, public: bool, **detail: Any) -> None:
        """Tell the log. An event is public only if the incident is, too."""
        always = {"title": self.title, "severity": self.severity, "status": self.status}
        tell(
            kind,
            subject=self.subject,
            public=public and self.public,
            services=self.service_ids(),
            data={**always, **data},
            **detail,
        )

    def _follow(self, happened: Happened, tell: Tell) -> None:
        """Let others act on what has just been written and told."""
        follow(cast("Incident", self), happened, tell)

    def _keep(self, tell: Tell) -> None:
        """Validate and save the row that a verb has changed."""
        self.updated_at = tell.now
        # The constraints guard against verbs that are wrong, not against what is typed: the database asks them anyway.
        self.full_clean(validate_constraints=False)
        self.save()


def _seconds(start: datetime, end: datetime | None) -> float | None:
    return None if end is None else (end - start).total_seconds()
