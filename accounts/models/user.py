"""The people who run incidents."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now

from accounts.roles import ROLE_CHOICES, Role
from accounts.validators import validate_timezone
from events.actors import Actor
from events.command import command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from events.saving import save
from events.text import one_line

_TAKEN: Final = "Somebody else has this username."


class LastAdmin(Refused):
    """Nobody else could make admins, or keys, any more."""

    code = "last_admin"


class NoPassword(Refused):
    """Somebody who never set a password is to be let in."""

    code = "no_password"


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them whatever the case of their name."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Make and save a user; without a password nobody can sign in as them."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.email = self.normalize_email(user.email)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Make an admin; Django's own command calls this."""
        return self.create_user(username, password, **{"role": Role.ADMIN, **fields})

    def able_to(self, role: Role) -> models.QuerySet[User]:
        """Return who may do what ``role`` may; the query that :meth:`User.has_role` answers."""
        return self.filter(is_active=True, role__in=[one.value for one in Role if one.includes(role)])

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the user who signs in as ``username``; raises ``User.DoesNotExist``."""
        return self.get(username__iexact=username or "")


class User(AbstractBaseUser):
    """A person with one role. There are no permission tables: the role says it all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        max_length=150,
        unique=True,
        validators=[ASCIIUsernameValidator()],
        help_text="Letters, digits and @ . + - _ only.",
        error_messages={"unique": _TAKEN},
    )
    name = models.CharField(max_length=150, blank=True, validators=[one_line], help_text="As others see it.")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=ROLE_CHOICES, default=Role.VIEWER.value)
    timezone = models.CharField(
        "time zone",
        max_length=64,
        default="UTC",
        validators=[validate_timezone],
        help_text="Times are shown in this zone.",
    )
    is_active = models.BooleanField("active", default=True)
    created_at = models.DateTimeField(default=now, editable=False)
    # How often all sessions were ended: what was opened before the last time is no good.
    era = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_any_case", violation_error_message=_TAKEN),
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def actor(self) -> Actor:
        """Return this person as the log names them."""
        return Actor("user", str(self.pk), str(self))

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return this person as the subject of an event."""
        return ("user", self.pk, str(self))

    def has_role(self, role: Role) -> bool:
        """Say whether this person may do what ``role`` may; nobody who is deactivated may anything."""
        return self.is_active and Role(self.role).includes(role)

    @classmethod
    def enrol(
        cls, *, by: Actor, username: str, password: str, role: Role, now: datetime | None = None, **fields: Any
    ) -> User:
        """Make a user who can sign in; raises ``ValidationError`` for a name that is taken or a weak password."""
        with command(by, now=now) as tell:
            user = cls(username=cls.normalize_username(username), role=role.value, created_at=tell.now, **fields)
            user.full_clean(exclude=["password"])
            user.set_valid_password(password)
            save(user, insert=True)
            tell(Kind.USER_CREATED, subject=user.subject, after={"username": user.username, "role": user.role})
        return user

    def change_profile(self, *, by: Actor, name: str, email: str, timezone: str) -> None:
        """Change what a person may change of themselves; raises ``ValidationError``."""
        self.change(by=by, changes={"name": name, "email": email, "timezone": timezone})

    def change(self, *, by: Actor, changes: Mapping[str, Any]) -> None:
        """Change fields; raises ``ValidationError``, and ``LastAdmin`` where nobody could make admins any more."""
        with command(by) as tell:
            # All of them, so that of two who step down at once the second sees what the first has done.
            admins = list(type(self).objects.able_to(Role.ADMIN).select_for_update(no_key=True).order_by("pk"))
            lock(self)
            wanted = {**changes, **self._normalized(changes)}
            before = {name: getattr(self, name) for name, value in wanted.items() if getattr(self, name) != value}
            if not before:
                tell.nothing()
                return
            for name in before:
                setattr(self, name, wanted[name])
            if "is_active" in before:
                self._switch()
            if admins == [self] and not self.has_role(Role.ADMIN):
                raise LastAdmin(f"{self} is the only admin. Make somebody else one first.")
            self.full_clean()
            save(self, only=[*before, "era"])
            tell(Kind.USER_CHANGED, subject=self.subject, before=before, after={name: wanted[name] for name in before})

    def _switch(self) -> None:
        if self.is_active and not self.has_usable_password() and not self.identities.exists():
            raise NoPassword(f"{self} has not set a password yet. Send an invitation instead.")
        if not self.is_active:
            # The sessions that are open now would wake up when the account does; a link that is open would wake it.
            self.era += 1
            if invitation := getattr(self, "invitation", None):
                invitation.delete()

    @property
    def has_second_factor(self) -> bool:
        """Say whether a code is asked for besides the password."""
        found = getattr(self, "second_factor", None)
        return bool(found and found.sealed)

    def _normalized(self, changes: Mapping[str, Any]) -> dict[str, str]:
        return {"email": type(self).objects.normalize_email(changes["email"])} if "email" in changes else {}

    def change_password(self, password: str, *, by: Actor) -> None:
        """Set a password, which ends every other session; raises ``ValidationError`` for a weak one."""
        with command(by) as tell:
            lock(self)
            self.set_valid_password(password)
            self.save(update_fields=["password"])
            tell(Kind.USER_PASSWORD_CHANGED, subject=self.subject)

    def end_sessions(self, *, by: Actor) -> None:
        """End every session; whoever asks for it in one of them is given a new one."""
        with command(by) as tell:
            lock(self)
            self.era += 1
            self.save(update_fields=["era"])
            tell(Kind.USER_SESSIONS_ENDED, subject=self.subject)

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to be this person's: it changes with the password and with the era."""
        return super().get_session_auth_hash() + self._of_era()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same by former values of ``SECRET_KEY``."""
        return (former + self._of_era() for former in super().get_session_auth_fallback_hash())

    def _of_era(self) -> str:
        return f".{self.era}" if self.era else ""

    def set_valid_password(self, password: str) -> None:
        """Set a password without saving; raises ``ValidationError`` for a weak one."""
        try:
            validate_password(password, self)
        except ValidationError as error:
            raise ValidationError({"password": error.messages}) from error
        self.set_password(password)

    @property
    def is_staff(self) -> bool:
        """Say whether Django's admin lets this person in."""
        return self.has_role(Role.ADMIN)

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002 - Django calls it so
        """Answer Django's admin: admins may touch every row."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002 - Django calls it so
        """Answer Django's admin: admins see every app."""
        return self.is_staff
