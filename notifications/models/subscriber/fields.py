"""The columns of a subscriber and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self
from uuid import uuid4

from django.db import models

from accounts import sealed
from events.actors import Actor
from events.command import Tell
from events.kinds import Kind
from notifications import tokens
from notifications.addresses import masked
from notifications.choice import Choice
from notifications.kinds import Mode, Scope, Standing, Way
from notifications.links import Reader
from notifications.transports import signing


class SubscriberFields(models.Model):
    """The abstract base of the subscriber's aspects."""

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
    # What a webhook signs with, or a browser's keys; sealed (``accounts.sealed``).
    sealed = models.TextField(blank=True)
    # Set when the address itself refuses mail for good: nothing goes there until somebody says so.
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.address

    @property
    def reader(self) -> Reader:
        """Return whom its links speak for."""
        return Reader(Way(self.way), self.address)

    @property
    def choice(self) -> Choice:
        """Return what it has asked for."""
        services = list(self.services.all()) if self.scope == Scope.SERVICES else []
        return Choice(services, self.incident, Mode(self.mode), self.timezone, self.digest_hour)

    @property
    def held(self) -> dict[str, str]:
        """Return its secrets; none where they cannot be opened, so that others can take their place."""
        try:
            return sealed.open_(self.sealed)
        except sealed.Unopened:
            return {}

    @property
    def masked(self) -> str:
        """Return the address as the log may keep it: the log is for good, a person may leave."""
        return masked(self.way, self.address)

    @property
    def is_told(self) -> bool:
        """Say whether messages go there."""
        return self.status == Standing.CONFIRMED and self.stopped_at is None

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return it as the subject of an event."""
        return ("subscriber", self.pk, self.masked)

    @property
    def itself(self) -> Actor:
        """Return whoever holds its link, as the log names them."""
        return Actor("subscriber", str(self.pk), self.masked)

    def facts(self) -> dict[str, Any]:
        """Return what the log keeps of its choice."""
        chosen = self.choice
        found: dict[str, Any] = {"scope": chosen.scope, "mode": chosen.mode}
        if chosen.services:
            found["services"] = sorted(service.name for service in chosen.services)
        if chosen.incident:
            found["incident"] = chosen.incident.title
        if chosen.mode == Mode.DIGEST:
            found["digest"] = f"{chosen.digest_hour:02}:00 {chosen.timezone}"
        return found

    def take(self, choice: Choice) -> None:
        """Save the choice, and with it the row."""
        self.hold(choice)
        self.save()
        self.services.set(choice.services)

    def hold(self, choice: Choice) -> None:
        """Hold the choice, unsaved; a webhook has a secret that its messages are signed with."""
        for name, value in choice.columns.items():
            setattr(self, name, value)
        self.renew()

    def renew(self, keys: Mapping[str, str] | None = None) -> None:
        """Hold secrets where none can be opened: ``keys`` of a browser, for a webhook what it signs with."""
        if self.way == Way.WEBHOOK and not self.held:
            self.share(self._held_of_address() or {signing.NOW: signing.new_secret()})
        elif keys and not self.held:
            self.share(keys)

    def share(self, secrets: Mapping[str, str]) -> None:
        """Hold the secrets, unsaved, and save them for all else that the address follows: one endpoint, one secret."""
        self.sealed = sealed.seal(secrets)
        self._of_address().update(sealed=self.sealed)

    def fresh_token(self, tell: Tell) -> str:
        """Return a token for the next message and hold its digest; the one before it is worth nothing now."""
        token = tokens.new()
        self.token_digest, self.token_ends_at = tokens.digest_of(token), tell.now + tokens.LASTS
        return token

    def said_yes(self, tell: Tell) -> None:
        """Take it for confirmed from now on; what had stopped it is over, and its token is used up."""
        self.status = Standing.CONFIRMED
        self.confirmed_at = self.confirmed_at or tell.now
        self.digested_until = tell.now
        self.token_digest, self.token_ends_at = "", None
        self.stopped_at, self.stopped_because = None, ""
        self.renew()
        self.save()

    def tell_of(self, tell: Tell, kind: Kind, **more: Any) -> None:
        """Tell the log; never public."""
        tell(kind, subject=self.subject, **more)

    def _held_of_address(self) -> dict[str, str]:
        """Return what this address knows already."""
        return next((row.held for row in self._of_address().exclude(sealed="") if row.held), {})

    def _of_address(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(way=self.way, address=self.address)
