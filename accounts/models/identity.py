"""Who somebody is at the identity provider. Addresses change hands there; this does not."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models

from accounts.models.user import User
from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock


class NotTied(Refused):
    """The account belongs to nobody at the provider."""

    code = "not_tied"


class Identity(models.Model):
    """An account and the person of an OpenID Connect provider: ``subject`` means somebody at ``issuer`` alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255, editable=False)
    subject = models.CharField(max_length=255, editable=False)
    tied_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["issuer", "tied_at"]
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_one_account"),
            models.UniqueConstraint(fields=["issuer", "user"], name="identity_one_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"

    @classmethod
    def find(cls, issuer: str, subject: str) -> User | None:
        """Return whose account it is."""
        row = cls.objects.select_related("user").filter(issuer=issuer, subject=subject).first()
        return row.user if row else None

    @classmethod
    def tie(cls, user: User, *, issuer: str, subject: str, now: datetime | None = None) -> Self:
        """Remember that ``user`` is ``subject`` at ``issuer``; from now on no address is looked at."""
        with command(user.actor, now=now) as tell:
            row = cls.objects.create(user=user, issuer=issuer, subject=subject, tied_at=tell.now)
            tell(Kind.USER_IDENTITY_TIED, subject=user.subject, data={"issuer": issuer})
        return row

    @classmethod
    def untie(cls, user: User, *, by: Actor) -> None:
        """Forget it: the next who comes with the account's address is tied to it. Raises :class:`NotTied`.

        Sessions end, because it may have been the wrong person.
        """
        with command(by) as tell:
            lock(user)
            if not cls.objects.filter(user=user).delete()[0]:
                raise NotTied(f"{user} is tied to nobody at the identity provider.")
            user.era += 1
            user.save(update_fields=["era"])
            tell(Kind.USER_IDENTITY_UNTIED, subject=user.subject)
