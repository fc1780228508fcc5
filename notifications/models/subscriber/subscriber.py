"""The subscriber: its aspects put together, and how it is found."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from notifications import tokens
from notifications.kinds import Standing
from notifications.links import Reader
from notifications.models.subscriber.adding import Adding
from notifications.models.subscriber.importing import Importing
from notifications.models.subscriber.leaving import Leaving


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Finds subscribers."""

    def confirmed(self) -> Self:
        """Leave out who has not said yes."""
        return self.filter(status=Standing.CONFIRMED)

    def told(self) -> Self:
        """Keep those to whom messages go."""
        return self.confirmed().filter(stopped_at=None)

    def of(self, reader: Reader) -> Self:
        """Keep what one address has asked for."""
        return self.filter(way=reader.way, address=reader.address)

    def asked(self, token: str, now: datetime) -> Subscriber | None:
        """Return whom a token of a mail speaks for; None when it has been used, or is too old."""
        return self.filter(token_digest=tokens.digest_of(token), token_ends_at__gt=now).first()

    def forget_unanswered(self, before: datetime) -> int:
        """Delete those who never said yes to a question that ended before this. Return how many."""
        gone, _ = self.filter(status=Standing.PENDING, token_ends_at__lt=before).delete()
        return gone


class Subscriber(Adding, Importing, Leaving):
    """One address and what it asked for. It has no account and no password; who holds its link may change it.

    ``address`` is an email address, the URL of a webhook, or the endpoint of a browser, in the one form that is
    compared (``notifications.addresses``). One row stands for an address's services, and one more for each incident.
    """

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["way", "address"], condition=Q(incident__isnull=True), name="address_subscribed_once"
            ),
            models.UniqueConstraint(fields=["way", "address", "incident"], name="address_follows_incident_once"),
            models.CheckConstraint(
                condition=Q(scope="incident", incident__isnull=False) | (~Q(scope="incident") & Q(incident=None)),
                name="subscriber_scope_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["status", "scope"], name="subscriber_told")]
