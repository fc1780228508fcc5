"""The postmortem of an incident: what happened and why, for the record, and for readers once it is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused, StaleEdit
from events.kinds import Kind
from events.locking import lock
from events.text import LONG_TEXT, many_lines
from incidents.models.incident import Incident

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from incidents.models.action_item import ActionItem

TEXTS: Final = ("summary", "impact", "root_cause", "resolution", "lessons")


class NotPublished(Refused):
    """The postmortem cannot be published as things stand; nothing changed."""

    code = "not_published"


class PostmortemExists(Refused):
    """The incident has one; there is one for each incident."""

    code = "postmortem_exists"


def _text() -> models.TextField[str, str]:
    return models.TextField(max_length=LONG_TEXT, blank=True, validators=[many_lines])


class PostmortemQuerySet(models.QuerySet["Postmortem"]):
    """Finds postmortems."""

    def visible(self) -> Self:
        """Keep those that the public may read: published for it, of an incident that it may see."""
        return self.filter(status=Postmortem.Status.PUBLISHED, public=True, incident__public=True)


class Postmortem(models.Model):
    """One for each incident: five texts in Markdown, a draft until it is published.

    ``public`` says for whom it was published: what was written for people here stays here when the incident is shown
    to the public later, until somebody publishes it once more.
    """

    class Status(models.TextChoices):
        """How far it is."""

        DRAFT = "draft"
        PUBLISHED = "published"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    incident = models.OneToOneField(Incident, models.CASCADE, related_name="postmortem")
    summary = _text()
    impact = _text()
    root_cause = _text()
    resolution = _text()
    lessons = _text()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    public = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    # The last edit since it was published: readers are told that there was one.
    edited_at = models.DateTimeField(null=True, editable=False)
    drafted_by = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PostmortemQuerySet.as_manager()

    if TYPE_CHECKING:
        incident_id: UUID
        action_items: RelatedManager[ActionItem]

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False)
                | Q(status="draft", published_at__isnull=True, edited_at__isnull=True, public=False),
                name="postmortem_published_exactly_when_published_at",
            ),
        ]

    def __str__(self) -> str:
        return f"Postmortem of {self.incident}"

    @property
    def is_published(self) -> bool:
        """Say whether it is published, if only inside."""
        return self.status == self.Status.PUBLISHED

    @property
    def may_publish(self) -> bool:
        """Say whether publishing would do anything: once, and once more when the incident has become public."""
        return not self.incident.is_open and not (self.is_published and self.public >= self.incident.public)

    @classmethod
    def draft(cls, incident: Incident, *, by: Actor, texts: Mapping[str, str], now: datetime | None = None) -> Self:
        """Write the draft of an incident's postmortem. Raises ``PostmortemExists`` for a second one."""
        with command(by, now=now) as tell:
            lock(incident)
            if cls.objects.filter(incident=incident).exists():
                raise PostmortemExists("This incident has a postmortem already. Change that one.")
            row = cls(incident=incident, drafted_by=by.name, created_at=tell.now, updated_at=tell.now, **texts)
            row.full_clean()
            row.save(force_insert=True)
            row._tell(tell, Kind.POSTMORTEM_DRAFTED, after=row._texts())
        return row

    def edit(
        self, *, by: Actor, changes: Mapping[str, str], version: int | None = None, now: datetime | None = None
    ) -> None:
        """Change texts. Once it is published readers see that it was edited; nobody is sent a message.

        ``version`` is the one that the editor read: raises ``StaleEdit`` with the present texts when it is old.
        """
        with command(by, now=now) as tell:
            self._lock()
            self._refuse_stale(version)
            before = {name: getattr(self, name) for name, text in changes.items() if getattr(self, name) != text}
            if not before:
                tell.nothing()
                return
            for name in before:
                setattr(self, name, changes[name])
            self._refuse_empty()
            self.edited_at = tell.now if self.is_published else None
            self._keep(tell)
            after = {name: changes[name] for name in before}
            self._tell(tell, Kind.POSTMORTEM_CHANGED, before=before, after=after, public=self.public)

    def publish(
        self, *, by: Actor, quiet: bool = False, version: int | None = None, now: datetime | None = None
    ) -> None:
        """Show it: to the public where the incident is public, and inside alone where it is not.

        Raises ``NotPublished`` while the incident is open and when it is published already, ``ValidationError``
        without a summary, ``StaleEdit`` when ``version``, the one that was read, is old: nobody publishes what they
        have not seen. ``quiet``: the page shows it, and nobody is sent a message.
        """
        with command(by, now=now, quiet=quiet) as tell:
            self._lock()
            self._refuse_unready()
            self._refuse_stale(version)
            before = {"status": self.status, "public": self.public}
            self.status, self.public = self.Status.PUBLISHED, self.incident.public
            self._refuse_empty()
            self.published_at, self.edited_at = tell.now, None
            self._keep(tell)
            after = {"status": self.status, "public": self.public}
            said = {"message": self.summary}
            self._tell(tell, Kind.POSTMORTEM_PUBLISHED, said, before=before, after=after, public=self.public)

    def _lock(self) -> None:
        """Hold the incident, then this: what is published hangs on both."""
        incident = self.incident
        lock(incident)
        lock(self)
        self.incident = incident

    def _keep(self, tell: Tell) -> None:
        self.version += 1
        self.updated_at = tell.now
        self.full_clean()
        self.save()

    def _tell(
        self, tell: Tell, kind: Kind, data: Mapping[str, Any] | None = None, *, public: bool = False, **detail: Any
    ) -> None:
        """Tell it of the incident: what hangs on an incident hears of its postmortem by the same name."""
        incident = self.incident
        standing = {"title": incident.title, "severity": incident.severity, "status": incident.status}
        tell(
            kind,
            subject=incident.subject,
            public=public and incident.public,
            services=incident.service_ids(),
            data={**standing, **(data or {})},
            **detail,
        )

    def _texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in TEXTS}

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            message = "Somebody else has edited this postmortem meanwhile."
            raise StaleEdit(message, self._texts() | {"version": self.version})

    def _refuse_unready(self) -> None:
        if self.incident.is_open:
            raise NotPublished("The incident is still open. Resolve it, then publish its postmortem.")
        if not self.may_publish:
            raise NotPublished("This postmortem is published already. Edit it, and the page shows the change.")

    def _refuse_empty(self) -> None:
        if self.is_published and not self.summary.strip():
            raise ValidationError({"summary": "Write what happened before others read it."})
