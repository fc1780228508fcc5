"""The alert: one thing that a machine holds to be wrong, from its first signal to its last."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from alerts.limits import FINGERPRINT, MESSAGE, NAME
from alerts.states import OPEN, State, Suppressed
from incidents.lifecycle import Severity

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from alerts.models.raw_signal import RawSignal


class AlertQuerySet(models.QuerySet["Alert"]):
    """Finds alerts."""

    def open(self) -> Self:
        """Keep those whose senders still hold that something is wrong."""
        return self.filter(status__in=OPEN)


class Alert(models.Model):
    """One episode of one fingerprint. Signals that repeat it are counted here; firing again later is another row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    integration = models.ForeignKey("alerts.Integration", models.PROTECT, related_name="alerts")
    fingerprint = models.CharField(max_length=FINGERPRINT)
    # Null when we know no service of that name, or it has been deleted since.
    service = models.ForeignKey("services.Service", models.SET_NULL, null=True, blank=True, related_name="+")
    service_name = models.CharField(max_length=NAME, blank=True)
    correlation = models.ForeignKey("alerts.Correlation", models.PROTECT, related_name="alerts")
    severity = models.CharField(max_length=10, choices=[(severity, severity.short) for severity in Severity])
    message = models.CharField(max_length=MESSAGE)
    labels = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    annotations = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # ``[{"href": …, "text": …}]``
    links = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    status = models.CharField(max_length=10, choices=[(state, state) for state in State])
    suppressed_by = models.CharField(max_length=12, choices=[(why, why) for why in Suppressed], blank=True)
    silence = models.ForeignKey("alerts.Silence", models.SET_NULL, null=True, blank=True, related_name="+")
    count = models.PositiveIntegerField(default=1)
    incident = models.ForeignKey("incidents.Incident", models.SET_NULL, null=True, blank=True, related_name="alerts")
    # By the sender's clock, which may be wrong: nothing is counted with these two.
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    # By ours: first and last signal, when it came to its incident, when it closed.
    received_at = models.DateTimeField()
    last_received_at = models.DateTimeField()
    correlated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Until when the sender promised to say it again (Prometheus); then it is over without a word.
    lease_until = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        signals: RelatedManager[RawSignal]

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-last_received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["integration", "fingerprint"], condition=Q(status__in=OPEN), name="alert_open_once"
            ),
            models.CheckConstraint(condition=Q(status__in=[*State]), name="alert_status_is_a_status"),
            models.CheckConstraint(condition=Q(severity__in=[*Severity]), name="alert_severity_is_a_severity"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, closed_at__isnull=True)
                | (~Q(status__in=OPEN) & Q(closed_at__isnull=False)),
                name="alert_closed_exactly_when_closed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["integration", "fingerprint", "-received_at"], name="alert_fingerprint"),
            models.Index(fields=["status", "-last_received_at"], name="alert_status"),
            models.Index(fields=["correlation", "-correlated_at"], name="alert_correlation"),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def state(self) -> State:
        """Return the status as a :class:`State`."""
        return State(self.status)

    @property
    def is_open(self) -> bool:
        """Say whether its sender still holds that something is wrong."""
        return self.state.is_open

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "alert", self.id, self.message[:NAME]

    @property
    def about(self) -> str:
        """Return the name of what it is about: the service's, or what the sender said."""
        return self.service.name if self.service else self.service_name

    def close(self, state: State, now: datetime, ends_at: datetime | None = None) -> None:
        """Put an end on the row, unsaved; the caller holds its lock."""
        self.status, self.closed_at, self.ends_at = state, now, ends_at or now
        self.suppressed_by, self.silence, self.lease_until = "", None, None
