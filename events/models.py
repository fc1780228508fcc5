"""The append-only log and the readers' places in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from events.changes import Change, changes_of, in_brief, is_whole
from events.implied import before_and_after
from events.kinds import Kind


class Event(models.Model):
    """One thing that happened. Written once by :func:`events.command.command`; a trigger refuses UPDATE and DELETE.

    It holds strings and no foreign keys: the log outlives what it speaks of. ``data`` is what a
    stream sends; ``before`` and ``after`` hold the fields that an edit changed. ``public`` says that the
    public page may show it, judged when it happened.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=40)
    public = models.BooleanField(default=False)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    subject_name = models.CharField(max_length=300, blank=True)
    service_ids = models.JSONField(default=list, blank=True)
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    before = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["kind", "id"], name="event_kind"),
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["actor_kind", "actor_id", "id"], name="event_actor"),
            # What visitors may have missed is found without reading what they must not know.
            models.Index(fields=["id"], condition=models.Q(public=True), name="event_public"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.subject_name or self.subject_id}"

    @property
    def kind_label(self) -> str:
        """Return the kind as people read it."""
        return Kind(self.kind).label

    @property
    def was(self) -> Mapping[str, Any]:
        """Return the changed fields as they were; of a kind that always changes the same, what that was."""
        return before_and_after(self.kind, self.data, self.before, self.after)[0]

    @property
    def became(self) -> Mapping[str, Any]:
        """Return the changed fields as they are since."""
        return before_and_after(self.kind, self.data, self.before, self.after)[1]

    @property
    def changes(self) -> list[Change]:
        """Return what this changed, field by field."""
        return changes_of(self.data, self.before, self.after)

    @property
    def brief(self) -> str:
        """Return what moved as one line; empty when nothing did."""
        return in_brief(self.changes)

    @property
    def brief_is_whole(self) -> bool:
        """Say whether there is no more to the changes than the line."""
        return is_whole(self.changes)

    def as_stream(self) -> dict[str, Any]:
        """Return what a live stream and a consumer send on: JSON-ready, without the audit's before and after."""
        return {
            "id": self.id,
            "kind": self.kind,
            "at": self.at,
            "subject": {"type": self.subject_type, "id": self.subject_id, "name": self.subject_name},
            **self.data,
        }


class Cursor(models.Model):
    """How far one consumer has read: every event with ``id <= position`` has been handed to it."""

    consumer = models.CharField(max_length=200, primary_key=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.consumer} at {self.position}"
