"""Invitations: an account that waits until whoever it is for has set a name and a password."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import get_random_string

from accounts.models.user import User
from accounts.roles import Role
from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from events.saving import save

LASTING: Final = timedelta(hours=72)
PAUSE: Final = timedelta(minutes=1)
MOST_SENT: Final = 5
# Says what a link is for: those made for something else do not pass.
_PURPOSE: Final = "accounts.invitation"


class NotInvited(Refused):
    """There is no invitation that could be accepted, sent again or withdrawn."""

    code = "not_invited"


class JoinedAlready(Refused):
    """Who has a password needs no invitation."""

    code = "joined_already"


class SentOften(Refused):
    """The mail went out a moment ago, or often enough."""

    code = "sent_often"


class Invitation(models.Model):
    """What is open: the row goes when it is accepted or withdrawn, and the account stays.

    ``secret`` is part of the link, so that of several links only the newest works.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="invitation")
    secret = models.CharField(max_length=22, editable=False)
    times = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"Invitation of {self.user}"

    @classmethod
    def send(
        cls, *, by: Actor, username: str, email: str, role: Role, now: datetime | None = None, **fields: Any
    ) -> Self:
        """Make an account that nobody can use yet, and invite whom it is for; raises ``ValidationError``."""
        with command(by, now=now) as tell:
            user = User(username=User.normalize_username(username), role=role.value, is_active=False, **fields)
            user.email, user.created_at = User.objects.normalize_email(email), tell.now
            user.set_unusable_password()
            refuse_nowhere(user)
            user.full_clean(exclude=["password"])
            save(user, insert=True)
            return cls._open(tell, user, {"username": user.username, "email": user.email, "role": user.role})

    @classmethod
    def renew(cls, user: User, *, by: Actor, now: datetime | None = None) -> Self:
        """Invite ``user`` once more; the link of before ends. Not twice within a minute, and five times at most."""
        with command(by, now=now) as tell:
            lock(user)
            if user.has_usable_password():
                raise JoinedAlready(f"{user} has a password already, and needs no invitation.")
            refuse_nowhere(user)
            return cls._open(tell, user, {"email": user.email})

    @classmethod
    def _open(cls, tell: Tell, user: User, after: dict[str, Any]) -> Self:
        row = cls.objects.filter(user=user).first() or cls(user=user)
        row.count(tell.now)
        row.secret, row.sent_at, row.expires_at = get_random_string(22), tell.now, tell.now + LASTING
        row.save()
        tell(Kind.USER_INVITED, subject=user.subject, data={"times": row.times}, after=after)
        return row

    def count(self, now: datetime) -> None:
        """Count one more sending. Raises :class:`SentOften`. The caller holds the account."""
        if self.times and now < self.sent_at + PAUSE:
            raise SentOften("The invitation was sent a moment ago. Wait a minute.")
        if self.times >= MOST_SENT:
            raise SentOften(f"It was sent {MOST_SENT} times. Check the address, or withdraw it and invite anew.")
        self.times += 1

    @classmethod
    def withdraw(cls, user: User, *, by: Actor, now: datetime | None = None) -> None:
        """End the invitation of ``user``; the account stays, deactivated, and may be invited again."""
        with command(by, now=now) as tell:
            lock(user)
            if not cls.objects.filter(user=user).delete()[0]:
                raise NotInvited(f"{user} has no open invitation.")
            tell(Kind.USER_INVITATION_WITHDRAWN, subject=user.subject)

    @classmethod
    def by_token(cls, token: str, now: datetime) -> Self | None:
        """Return the invitation that a link opens at ``now``; one None for whatever may be wrong with it."""
        try:
            said = signing.Signer(salt=_PURPOSE).unsign_object(token)
        except signing.BadSignature:
            return None
        row = cls.objects.select_related("user").filter(pk=said["user"], secret=said["secret"]).first()
        return row if row is not None and row.user.email == said["email"] and now < row.expires_at else None

    def token(self) -> str:
        """Return what a link carries. It names the address too: where that is changed, the old reader is no guest."""
        said = {"user": str(self.user_id), "secret": self.secret, "email": self.user.email}
        return signing.Signer(salt=_PURPOSE).sign_object(said)

    def accept(self, password: str | None, *, name: str, timezone: str, now: datetime | None = None) -> User:
        """Let the invited in: they can sign in now. Raises ``ValidationError``, and ``NotInvited`` if too late.

        None for a password is for those whom an identity provider vouches for.
        """
        user = self.user
        with command(user.actor, now=now) as tell:
            lock(user)
            if not type(self).objects.filter(pk=self.pk, secret=self.secret, expires_at__gt=tell.now).delete()[0]:
                raise NotInvited("This invitation no longer works. Ask an admin for a new one.")
            before = {"name": user.name, "timezone": user.timezone, "is_active": user.is_active}
            user.name, user.timezone, user.is_active = name, timezone, True
            user.full_clean(exclude=["password"])
            if password is not None:
                user.set_valid_password(password)
            user.save()
            after = {each: getattr(user, each) for each in before}
            tell(Kind.USER_JOINED, subject=user.subject, before=before, after=after)
        return user


def refuse_nowhere(user: User) -> None:
    """Raise ``ValidationError`` where there is no address to invite."""
    if not user.email:
        raise ValidationError({"email": "An invitation needs an email address."})
