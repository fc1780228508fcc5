"""A machine that reports: the key it comes with, and how its labels are read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import ApiKey
from events.actors import Actor
from events.text import one_line

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from alerts.models.alert import Alert
    from alerts.models.raw_signal import RawSignal

DAY = 24 * 60 * 60


def service_labels() -> list[str]:
    """Return the labels that may name the service, the first that an alert carries wins."""
    return ["service", "job", "alertname"]


def ignored_labels() -> list[str]:
    """Return the labels that tell only which of two equal senders spoke."""
    return ["replica", "prometheus_replica"]


class Integration(models.Model):
    """One source of alerts. It goes with its key; its alerts and the name stay when it is removed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=100, validators=[one_line])
    key = models.OneToOneField(ApiKey, models.SET_NULL, null=True, editable=False, related_name="integration")
    service_labels = models.JSONField(default=service_labels, blank=True)
    ignored_labels = models.JSONField(default=ignored_labels, blank=True)
    # Seconds after which an alert that was not heard of again is closed; 0 keeps it until its sender resolves it.
    stale_after = models.PositiveIntegerField(default=DAY, validators=[MaxValueValidator(90 * DAY)])
    creates_services = models.BooleanField(default=False)
    # Whether incidents on public services are public; the others are internal.
    publish = models.BooleanField(default=False)
    created_by = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        alerts: RelatedManager[Alert]
        signals: RelatedManager[RawSignal]

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """Return who declares its incidents, as the log names it: a machine, whose acts are no person's."""
        return Actor("system", "alerts", self.name)

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "integration", self.id, self.name
