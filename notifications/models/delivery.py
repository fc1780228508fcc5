"""One message to one recipient: the row that carries the promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from notifications.addresses import masked
from notifications.kinds import Lane, Purpose, State
from notifications.models.addressing import PERSON, Reached, addressed
from notifications.models.announcement import Announcement
from notifications.models.channel import Channel
from notifications.models.deliveries import CHANNEL, REPEATED, DeliveryQuerySet
from notifications.models.subscriber import Subscriber
from notifications.waking import ring_after_commit

# Rows of one statement.
STEP = 500
AGAIN = {Lane.RETRY, Lane.PAGE}
ONCE = "What was meant for one recipient alone is not kept, so this cannot be sent again. Begin it anew."
IN_HAND = "It is under way at this moment."
BY_ITSELF = "It goes by itself when its time comes, and has not been tried in vain."


class Delivery(models.Model):
    """A message on its way. Made in the transaction that read its event; the queue only wakes who sends it.

    ``recipient`` is ``<way>:<address>`` of a subscriber, ``channel:<id>``, or ``person:<id>:<key of a way>``; together
    with the event it stands once.
    ``target`` is what must not be overrun: a host, or the mail server. A claim writes ``lease_token`` and
    ``lease_until``; whoever holds the token writes the end (``docs/adr``).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.BigIntegerField(null=True)
    announcement = models.ForeignKey("notifications.Announcement", models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey("notifications.Subscriber", models.SET_NULL, null=True, related_name="deliveries")
    channel = models.ForeignKey("notifications.Channel", models.SET_NULL, null=True, related_name="deliveries")
    # One of ours who is called in, or whose way to be reached is asked after.
    person = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="deliveries", db_index=False)
    recipient = models.CharField(max_length=520)
    transport = models.CharField(max_length=20)
    target = models.CharField(max_length=260)
    purpose = models.CharField(max_length=20, choices=[(purpose, purpose) for purpose in Purpose])
    lane = models.CharField(max_length=20, choices=[(lane, lane) for lane in Lane])
    status = models.CharField(max_length=10, choices=[(state, state) for state in State], default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A code of ``notifications.transports`` or ``outbound``, and its sentence; never what the other side wrote.
    error_code = models.CharField(max_length=40, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    next_attempt_at = models.DateTimeField(null=True)
    # When it was first to go: tries in vain do not make it any less late. Null of those from before the column.
    first_due_at = models.DateTimeField(null=True)
    # When somebody had looked at why it does not go through.
    seen_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    # Links for this recipient alone, sealed (``accounts.sealed``); emptied once it has been sent.
    links = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    if TYPE_CHECKING:
        announcement_id: UUID
        subscriber_id: UUID | None
        channel_id: UUID | None
        person_id: UUID | None

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="told_once"),
            models.CheckConstraint(condition=Q(status__in=[*State]), name="delivery_status_is_a_status"),
            models.CheckConstraint(
                condition=Q(status=State.PENDING, next_attempt_at__isnull=False)
                | (~Q(status=State.PENDING) & Q(next_attempt_at=None)),
                name="delivery_waits_or_is_over",
            ),
            models.CheckConstraint(
                condition=Q(status=State.SENT, sent_at__isnull=False) | (~Q(status=State.SENT) & Q(sent_at=None)),
                name="delivery_sent_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["lane", "next_attempt_at"], condition=Q(status="PENDING"), name="delivery_due"),
            models.Index(fields=["status", "-created_at"], name="delivery_listed"),
            models.Index(fields=["target"], condition=Q(lease_token__isnull=False), name="delivery_in_hand"),
            models.Index(fields=["transport", "status"], name="delivery_counted"),
            models.Index(
                fields=["person", "-created_at"], condition=Q(person__isnull=False), name="delivery_to_person"
            ),
            models.Index(fields=["transport", "status"], condition=Q(purpose="page"), name="delivery_paged"),
            models.Index(fields=["-created_at"], condition=Q(status="FAILED", seen_at=None), name="delivery_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.recipient}"

    @classmethod
    def to(
        cls,
        recipient: Subscriber | Channel | Reached,
        announcement: Announcement,
        *,
        purpose: Purpose,
        lane: Lane,
        due: datetime,
        now: datetime,
    ) -> Self:
        """Return the message to one recipient, unsaved, to be sent at ``due``."""
        return cls(
            event=announcement.event,
            announcement=announcement,
            **addressed(recipient),
            purpose=purpose,
            lane=lane,
            next_attempt_at=due,
            first_due_at=due,
            created_at=now,
        )

    @property
    def address(self) -> str:
        """Return where it goes, as it was when it was made: the subscriber may have left since."""
        return self.recipient.partition(":")[2]

    @property
    def to_person(self) -> bool:
        """Say whether it is for one of ours, by a way of their own: its address is not for others."""
        return self.recipient.startswith(PERSON)

    @property
    def shown_recipient(self) -> str:
        """Return whom it goes to as the log may keep it: no whole address of anybody outside."""
        if self.recipient.startswith(CHANNEL):
            return self.channel.name if self.channel else "a channel that is gone"
        if self.to_person:
            return str(self.person) if self.person else "somebody who is gone"
        way, _, address = self.recipient.partition(":")
        return masked(way, address)

    @property
    def is_repeatable(self) -> bool:
        """Say whether it has failed and can be sent as it was, see ``repeatable``."""
        to_channel = self.purpose == Purpose.NOTE and self.recipient.startswith(CHANNEL)
        return self.status == State.FAILED and (self.purpose in REPEATED or to_channel)

    def is_postponed(self, now: datetime) -> bool:
        """Say whether it waits for a later try, so that somebody can have it go now."""
        began = self.first_due_at or self.created_at
        waits = self.status == State.PENDING and self.lease_token is None and began <= now
        return waits and self.next_attempt_at is not None and self.next_attempt_at > now

    def retry(self, *, by: Actor, now: datetime | None = None) -> None:
        """Send it again after all, or now where it waits for a later try.

        Raises ``Refused`` for all else, and for what had links of its own.
        """
        with command(by, now=now) as tell:
            lock(self)
            rows = Delivery.objects.filter(pk=self.pk)
            if self.status == State.PENDING:
                self._hurry(rows, tell.now)
            else:
                self._again(rows, tell.now)
            subject = ("delivery", self.pk, self.announcement.subject)
            tell(Kind.DELIVERY_RETRIED, subject=subject, data={"recipient": self.shown_recipient, "count": 1})
            ring_after_commit(AGAIN)
        self.refresh_from_db()

    def _hurry(self, rows: DeliveryQuerySet, now: datetime) -> None:
        if not self.is_postponed(now):
            raise Refused(BY_ITSELF if self.lease_token is None else IN_HAND)
        rows.hurry(now)

    def _again(self, rows: DeliveryQuerySet, now: datetime) -> None:
        if self.status != State.FAILED:
            raise Refused(f"Only what has failed or waits can be sent again; this is {self.status}.")
        if not self.is_repeatable:
            raise Refused(ONCE)
        rows.again(now)

    @classmethod
    def retry_all(cls, among: DeliveryQuerySet | None = None, *, by: Actor, now: datetime | None = None) -> int:
        """Send all that failed again and can be, or those of them that are ``among`` these. Return how many."""
        failed = (cls.objects.all() if among is None else among).repeatable()
        return cls._all(failed, DeliveryQuerySet.again, "all that failed", by, now)

    @classmethod
    def hurry_all(cls, among: DeliveryQuerySet | None = None, *, by: Actor, now: datetime | None = None) -> int:
        """Let all go now that wait for a later try, or those of them that are ``among`` these. Return how many."""
        waiting = (cls.objects.all() if among is None else among).postponed(now or timezone.now())
        return cls._all(waiting, DeliveryQuerySet.hurry, "all that wait", by, now)

    @classmethod
    def see_all(cls, among: DeliveryQuerySet | None = None, *, by: Actor, now: datetime | None = None) -> int:
        """Note that somebody has looked at those that do not go through. Return how many had not been looked at."""
        with command(by, now=now) as tell:
            rows = (cls.objects.all() if among is None else among).troubled(tell.now)
            count = cls.objects.filter(pk__in=rows.order_by().values("pk")).update(seen_at=tell.now)
            if not count:
                tell.nothing()
                return 0
            tell(Kind.DELIVERY_SEEN, subject=("delivery", "", "what did not go through"), data={"count": count})
        return count

    @classmethod
    def _all(
        cls,
        rows: DeliveryQuerySet,
        move: Callable[[DeliveryQuerySet, datetime], int],
        name: str,
        by: Actor,
        now: datetime | None,
    ) -> int:
        with command(by, now=now) as tell:
            keys = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
            if not keys:
                tell.nothing()
                return 0
            for some in (keys[first : first + STEP] for first in range(0, len(keys), STEP)):
                move(cls.objects.filter(pk__in=some), tell.now)
            tell(Kind.DELIVERY_RETRIED, subject=("delivery", "", name), data={"count": len(keys)})
            ring_after_commit(AGAIN)
        return len(keys)
