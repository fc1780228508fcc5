"""A machine that reports: the key it comes with, and how its labels are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import ApiKey
from accounts.roles import Scope
from alerts.signal import Reading
from alerts.states import OPEN, State
from events.actors import Actor
from events.command import Tell, command, join
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from services.models.saving import put, values

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from alerts.models.alert import Alert
    from alerts.models.raw_signal import RawSignal

DAY = 24 * 60 * 60
_LABELS, _LABEL = 20, 200


def service_labels() -> list[str]:
    """Return the labels that may name the service, the first that an alert carries wins."""
    return ["service", "job", "alertname"]


def ignored_labels() -> list[str]:
    """Return the labels that tell only which of two equal senders spoke."""
    return ["replica", "prometheus_replica"]


def labels_are_words(value: object) -> None:
    """Refuse anything but a short list of names; raises ``ValidationError``."""
    if not isinstance(value, list) or len(value) > _LABELS or not all(_is_name(name) for name in value):
        raise ValidationError(f"Give at most {_LABELS} names of labels, each of 1 to {_LABEL} characters in one line.")


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= _LABEL and name.isprintable()


class IntegrationQuerySet(models.QuerySet["Integration"]):
    """Finds integrations."""

    def standing(self) -> Self:
        """Leave out those that were removed."""
        return self.filter(removed_at=None)

    def of(self, key: ApiKey, now: datetime) -> Integration:
        """Return the one that comes with ``key``; a key that was made alone gets one at its first use."""
        found: Integration | None = getattr(key, "integration", None)
        if found:
            return found
        with command(key.actor, now=now) as tell:
            made, is_new = self.get_or_create(
                key=key, defaults={"name": key.name, "created_by": str(key.actor)[:200], "created_at": now}
            )
            if is_new:
                tell(Kind.INTEGRATION_CREATED, subject=made.subject, after=made.said())
            tell.nothing()
        return made


class Integration(models.Model):
    """One source of alerts. It goes with its key; its alerts and the name stay when it is removed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=100, validators=[one_line])
    key = models.OneToOneField(ApiKey, models.SET_NULL, null=True, editable=False, related_name="integration")
    service_labels = models.JSONField(default=service_labels, blank=True, validators=[labels_are_words])
    ignored_labels = models.JSONField(default=ignored_labels, blank=True, validators=[labels_are_words])
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

    objects = IntegrationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    EDITABLE = ("name", "service_labels", "ignored_labels", "stale_after", "creates_services", "publish")

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

    @property
    def reading(self) -> Reading:
        """Return how it reads labels."""
        return Reading(tuple(self.service_labels), tuple(self.ignored_labels))

    def key_state(self, now: datetime) -> str:
        """Return whether its key lets it in, as keys say it; ``gone`` where there is none any more."""
        return self.key.state(now) if self.key else "gone"

    @classmethod
    def add(cls, *, by: Actor, name: str, now: datetime | None = None, **fields: Any) -> tuple[Self, str]:
        """Make an integration and its key in one act. Return it with the key's text, which is never to be had again.

        The key belongs to nobody. Raises ``ValidationError`` by field.
        """
        with join():
            key, text = ApiKey.create(by=by, name=name, scopes=[Scope.ALERTS], owned=False, now=now)
            with command(by, now=now) as tell:
                made = cls(name=name, key=key, created_by=str(by)[:200], created_at=tell.now, **fields)
                made._keep(tell)
                tell(Kind.INTEGRATION_CREATED, subject=made.subject, after=made.said())
        return made, text

    def edit(self, *, by: Actor, changes: Mapping[str, Any], now: datetime | None = None) -> None:
        """Change fields of ``EDITABLE``; what came before stays as it was read. Raises ``ValidationError`` by field."""
        with command(by, now=now) as tell:
            lock(self)
            before = put(self, changes)
            if not before:
                tell.nothing()
                return
            self._keep(tell)
            tell(Kind.INTEGRATION_CHANGED, subject=self.subject, before=before, after=values(self, before))

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Revoke its key and close what it holds open: nobody could resolve that any more. Its alerts stay listed."""
        with join(), command(by, now=now) as tell:
            # In the order in which who reports locks them.
            mine = self.alerts.filter(status__in=OPEN).order_by("fingerprint")
            held = list(mine.select_for_update(no_key=True).values_list("pk", flat=True))
            lock(self)
            ends = {
                "closed_at": tell.now,
                "ends_at": tell.now,
                "lease_until": None,
                "suppressed_by": "",
                "silence": None,
            }
            self.alerts.filter(pk__in=held).update(status=State.EXPIRED, **ends)
            self.removed_at = tell.now
            self._keep(tell)
            tell(Kind.INTEGRATION_DELETED, subject=self.subject, before=self.said())
            if self.key:
                self.key.revoke(by=by, now=tell.now)

    def said(self) -> dict[str, Any]:
        """Return what the log keeps of it."""
        return values(self, self.EDITABLE)

    def _keep(self, tell: Tell) -> None:
        self.updated_at = tell.now
        self.full_clean()
        self.save()
