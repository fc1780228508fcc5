"""What is said about one event: worded once, sent to many."""

from __future__ import annotations

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from notifications.kinds import Audience


class Announcement(models.Model):
    """The words for one event and one audience, as they stood when it happened.

    ``text`` and ``html`` hold placeholders where a recipient's own links stand (``notifications.mail``). ``short`` is
    for chats and SMS; ``facts`` is what the words were made of, for receivers that read JSON. ``event`` is the number
    in the log, null for what no event began: a confirmation, a digest, a test, a note.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=10, choices=[(audience, audience) for audience in Audience])
    subject_type = models.CharField(max_length=40, blank=True)
    # The incident or the window: what a mail thread, and a look at the state before sending, hang on.
    subject_id = models.CharField(max_length=64, blank=True, db_index=True)
    service_ids = models.JSONField(default=list, blank=True)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True)
    short = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["event", "audience"], name="announced_once"),
        ]

    def __str__(self) -> str:
        return self.subject
