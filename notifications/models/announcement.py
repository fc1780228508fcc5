"""What is said about one event: worded once, sent to many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from events.models import Event
from notifications.kinds import Audience
from notifications.transports.outcome import Words
from notifications.wording.digest import KIND as DIGEST

if TYPE_CHECKING:
    from notifications.models.deliveries import DeliveryQuerySet


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
    # The incident or the window: what a look at the state before sending hangs on.
    subject_id = models.CharField(max_length=64, blank=True, db_index=True)
    # What one mail thread hangs on: ``incident-<id>``.
    thread = models.CharField(max_length=110, blank=True)
    service_ids = models.JSONField(default=list, blank=True)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True)
    short = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        deliveries: DeliveryQuerySet

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["event", "audience"], name="announced_once"),
        ]

    def __str__(self) -> str:
        return self.subject

    @classmethod
    def of(cls, words: Words, audience: Audience, event: Event | None = None) -> Self:
        """Return the words as a row, unsaved; ``event`` is what began them."""
        return cls(
            event=event.id if event else None,
            kind=words.kind,
            audience=audience,
            subject_type=event.subject_type if event else "",
            subject_id=event.subject_id if event else "",
            thread=words.thread,
            service_ids=list(words.services),
            subject=words.subject,
            text=words.text,
            html=words.html,
            short=words.short,
            facts=dict(words.facts),
            at=words.at,
        )

    @property
    def events(self) -> set[int]:
        """Return what began it in the log; a digest has several beginnings."""
        if self.kind == DIGEST:
            return {item["event"] for item in self.facts.get("items", ()) if item.get("event")}
        return set() if self.event is None else {self.event}

    @property
    def named(self) -> set[tuple[str, str]]:
        """Return what it must not speak of unless its readers may know: what it tells of, and the services it names."""
        return self.subjects | {("service", str(key)) for key in self.service_ids}

    @property
    def subjects(self) -> set[tuple[str, str]]:
        """Return what it tells of, by type and id; a digest tells of several."""
        if self.kind == DIGEST:
            items = self.facts.get("items", ())
            return {(item["subject_type"], item["subject_id"]) for item in items if item.get("subject_id")}
        return {(self.subject_type, self.subject_id)} if self.subject_id else set()

    def say(self, words: Words) -> None:
        """Say it in these words, unsaved."""
        self.subject, self.text, self.html, self.short = words.subject, words.text, words.html, words.short
        self.facts, self.service_ids = dict(words.facts), list(words.services)

    def words(self) -> Words:
        """Return the row as words."""
        return Words(
            kind=self.kind,
            subject=self.subject,
            text=self.text,
            html=self.html,
            short=self.short,
            facts=self.facts,
            at=self.at,
            thread=self.thread,
            services=tuple(self.service_ids),
        )
