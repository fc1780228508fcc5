"""What is said about one event: worded once, sent to many."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from events.models import Event
from notifications.kinds import UNDO, Audience
from notifications.transports.outcome import Words
from notifications.wording.digest import KIND as DIGEST

if TYPE_CHECKING:
    from notifications.models.delivery import DeliveryQuerySet


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
    def subjects(self) -> set[tuple[str, str]]:
        """Return what it tells of, by type and id; a digest tells of several."""
        if self.kind == DIGEST:
            items = self.facts.get("items", ())
            return {(item["subject_type"], item["subject_id"]) for item in items if item.get("subject_id")}
        return {(self.subject_type, self.subject_id)} if self.subject_id else set()

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

    @classmethod
    def withdraw(cls, event: int, *, by: Actor, now: datetime | None = None) -> int:
        """Take back the messages about an event of the log before they go. Return how many were waiting already.

        It holds as well for those that are not made yet. Raises ``Refused`` when it is too late.
        """
        with command(by, now=now) as tell:
            told = _still_held(event, tell.now)
            about = {"event": event, "kind": told.kind, told.subject_type: told.subject_id}
            tell(
                Kind.MESSAGE_WITHDRAWN,
                subject=("event", event, told.subject_name),
                services=told.service_ids,
                data=about,
            )
            rows = list(cls.objects.select_for_update().filter(event=event).order_by("id"))
            cls.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=tell.now)
            return sum(row.deliveries.waiting().drop("withdrawn", "It was taken back before it went.") for row in rows)


def _still_held(event: int, now: datetime) -> Event:
    told = Event.objects.filter(pk=event).first()
    if told is None or told.actor_kind != "user" or now - told.at > timedelta(seconds=UNDO):
        raise Refused(f"It is too late: messages go out {UNDO} seconds after they were posted.")
    if Event.objects.filter(kind=Kind.MESSAGE_WITHDRAWN, subject_type="event", subject_id=str(event)).exists():
        raise Refused("It was taken back already.")
    return told
