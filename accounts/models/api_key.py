"""The secrets by which scripts call the API."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts import secrets
from accounts.roles import Role, Scope, role_of
from events.actors import Actor
from events.command import command
from events.kinds import Kind
from events.ready import Ready
from events.text import one_line

# Last use is for people who clean up; to the minute is enough, and spares a write per call.
LAST_USE_STEP = timedelta(minutes=1)
STATES = ("active", "expired", "revoked", "suspended")


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Finds keys."""

    def by_secret(self, text: str, *, now: datetime, also: Collection[str] = ()) -> ApiKey | None:
        """Return the usable key whose whole text is ``text``, compared in constant time, or None.

        It comes with its owner and, by their names in ``also``, what else belongs to it.
        """
        prefix = secrets.prefix_of(text)
        if prefix is None:
            return None
        key = _by_prefix(tuple(also)).first(prefix)
        if key is None or not secrets.same(key.digest, secrets.digest_of(text)):
            return None
        return key if key.state(now) == "active" else None


class ApiKey(models.Model):
    """A secret with scopes. The row holds the prefix that finds it and a digest; the text is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, validators=[one_line], help_text="What will use it.")
    prefix = models.CharField(max_length=7, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(default=list)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="api_keys"
    )
    created_by = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name = "API key"

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """Return this key as the log names it."""
        return Actor("key", str(self.pk), self.name)

    @property
    def role(self) -> Role | None:
        """Return the role that the scopes amount to, never above the owner's; None when they only report alerts."""
        return role_of(self.scopes, Role(self.owner.role) if self.owner else None)

    @property
    def beginning(self) -> str:
        """Return the part of the text that may be shown, to tell keys apart."""
        return secrets.beginning(self.prefix, for_alerts=Scope.ALERTS in self.scopes)

    def state(self, now: datetime) -> str:
        """Return one of ``STATES``, at ``now``; suspended is a key whose owner is deactivated."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "active" if self.owner is None or self.owner.is_active else "suspended"

    def clean(self) -> None:
        """Refuse unknown, repeated or no scopes, and an end in the past; raises ``ValidationError``."""
        known = {scope.value for scope in Scope}
        if not isinstance(self.scopes, list) or not self.scopes or not known.issuperset(map(str, self.scopes)):
            raise ValidationError({"scopes": f"Choose one or more of {', '.join(Scope)}."})
        if self.expires_at is not None and self.expires_at <= self.created_at:
            raise ValidationError({"expires_at": "Choose a time to come."})

    @classmethod
    def create(
        cls,
        *,
        by: Actor,
        name: str,
        scopes: Collection[str],
        expires_at: datetime | None = None,
        owned: bool = True,
        now: datetime | None = None,
    ) -> tuple[ApiKey, str]:
        """Make a key and return it with its text, which is never to be had again; raises ``ValidationError``.

        It belongs to the person who makes it, or to the owner of the key that does. One that is not ``owned`` belongs
        to nobody: alerts must not stop because somebody has left.
        """
        secret = secrets.new_secret(for_alerts=Scope.ALERTS in scopes)
        with command(by, now=now) as tell:
            key = cls(
                name=name,
                prefix=secret.prefix,
                digest=secret.digest,
                scopes=[scope.value for scope in Scope if scope in scopes] if _known(scopes) else list(scopes),
                owner_id=cls._owner_of(by) if owned else None,
                created_by=str(by)[:200],
                created_at=tell.now,
                expires_at=expires_at,
            )
            key.full_clean()
            key.save(force_insert=True)
            tell(Kind.API_KEY_CREATED, subject=key.subject, after={"scopes": key.scopes, "expires_at": expires_at})
        return key, secret.text

    @classmethod
    def _owner_of(cls, by: Actor) -> uuid.UUID | None:
        if by.kind == "key":
            found: uuid.UUID | None = cls.objects.values_list("owner", flat=True).get(pk=by.id)
            return found
        return uuid.UUID(by.id) if by.kind == "user" else None

    def revoke(self, *, by: Actor, now: datetime | None = None) -> None:
        """End this key for ever; a second time changes nothing."""
        with command(by, now=now) as tell:
            ended = type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=tell.now)
            if not ended:
                tell.nothing()
                return
            self.revoked_at = tell.now
            tell(Kind.API_KEY_REVOKED, subject=self.subject)

    def touch(self, now: datetime) -> None:
        """Note that this key was used, at most once a minute; no event, because nobody changed anything."""
        if self.last_used_at is not None and now - self.last_used_at < LAST_USE_STEP:
            return
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - LAST_USE_STEP)
        type(self).objects.filter(stale, pk=self.pk).update(last_used_at=now)

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return this key as the subject of an event."""
        return ("api_key", self.pk, self.name)


@cache
def _by_prefix(also: tuple[str, ...]) -> Ready[ApiKey]:
    return Ready(lambda prefix: ApiKey.objects.select_related("owner", *also).filter(prefix=prefix).order_by())


def _known(scopes: Collection[str]) -> bool:
    return {str(scope) for scope in scopes} <= {scope.value for scope in Scope}
