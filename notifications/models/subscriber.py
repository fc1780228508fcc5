"""Somebody outside who asked to be told."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from notifications.kinds import Mode, Scope, Standing, Way


class Subscriber(models.Model):
    """One address and what it asked for. It has no account and no password; who holds its link may change it.

    ``address`` is an email address, the URL of a webhook, or the endpoint of a browser, in the one form that is
    compared (``notifications.addresses``). One row stands for an address's services, and one more for each incident.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    way = models.CharField(max_length=10, choices=[(way, way) for way in Way])
    address = models.CharField(max_length=500)
    scope = models.CharField(max_length=10, choices=[(scope, scope) for scope in Scope], default=Scope.ALL)
    services = models.ManyToManyField("services.Service", related_name="+", blank=True)
    incident = models.ForeignKey("incidents.Incident", models.CASCADE, null=True, blank=True, related_name="+")
    mode = models.CharField(max_length=20, choices=[(mode, mode) for mode in Mode], default=Mode.ALL)
    status = models.CharField(
        max_length=10, choices=[(standing, standing) for standing in Standing], default=Standing.PENDING
    )
    timezone = models.CharField(max_length=64, default="UTC")
    # The hour of the day, in its own zone, at which a digest goes.
    digest_hour = models.PositiveSmallIntegerField(default=8)
    digested_until = models.DateTimeField(null=True, blank=True)
    # SHA-256 of the token in the mail that asks "is it you?", and when that token ends.
    token_digest = models.CharField(max_length=64, blank=True)
    token_ends_at = models.DateTimeField(null=True, blank=True)
    # What a webhook signs with, or a browser's keys; sealed (``notifications.sealed``).
    sealed = models.TextField(blank=True)
    # Set when the address itself refuses mail for good: nothing goes there until somebody says so.
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

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

    def __str__(self) -> str:
        return self.address
