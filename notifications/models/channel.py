"""A place inside that is told."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from notifications.kinds import Audience


class Channel(models.Model):
    """A chat, a webhook, a telephone: where, what of, and how it has been doing.

    ``kind`` names a module of ``notifications.transports``; ``options`` holds what it asks for, ``sealed`` the secret
    ones of them. Empty filters let everything through.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    options = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True)
    audience = models.CharField(
        max_length=10, choices=[(audience, audience) for audience in Audience], default=Audience.INTERNAL
    )
    event_kinds = models.JSONField(default=list, blank=True)
    services = models.ManyToManyField("services.Service", related_name="+", blank=True)
    # The least severity that is told; empty for all.
    severity = models.CharField(max_length=10, blank=True)
    enabled = models.BooleanField(default=True)
    off_because = models.CharField(max_length=300, blank=True)
    # Deliveries refused for good since the last that went through, and since when.
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
