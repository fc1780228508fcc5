"""The second factor: an app that shows codes by the clock, and codes on paper for the day it is lost."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models

from accounts import recovery, totp
from accounts.models.user import User
from accounts.sealed import open_, seal
from events.actors import Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind


class WrongCode(Refused):
    """What was typed is no code of now."""

    code = "wrong_code"


class NoSecondFactor(Refused):
    """There is none that could be switched off or reset."""

    code = "no_second_factor"


class SecondFactorQuerySet(models.QuerySet["SecondFactor"]):
    """Second factors."""

    def on(self) -> Self:
        """Return those that are asked for. One from a backup without its secret is none."""
        return self.exclude(sealed="")


class SecondFactor(models.Model):
    """What is asked of somebody besides the password.

    ``sealed`` holds the secret and the digests of the recovery codes that are left. ``last_step`` is the step of the
    clock whose code was used last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    sealed = models.TextField(editable=False)
    since = models.DateTimeField(editable=False)
    last_step = models.BigIntegerField(default=0, editable=False)

    objects = SecondFactorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Second factor of {self.user}"

    @classmethod
    def of(cls, user: User) -> SecondFactor | None:
        """Return that of somebody."""
        return cls.objects.on().filter(user=user).first()

    @property
    def codes_left(self) -> int:
        """Return how many recovery codes are unused. Raises ``Unopened``."""
        return len(self._digests())

    @classmethod
    def switch_on(cls, user: User, secret: str, typed: str, *, now: datetime | None = None) -> list[str]:
        """Ask ``user`` for codes of ``secret`` from now on, in place of another device's; return the recovery codes.

        ``typed`` shows that the app has it: raises :class:`WrongCode`. Every session ends; the caller renews this one.
        """
        codes = recovery.new_codes()
        with command(user.actor, now=now) as tell:
            _lock(user)
            step = totp.step_of(secret, typed, now=tell.now, after=0)
            if step is None:
                raise WrongCode("That is not the code of this moment. Type the one that the app shows now.")
            before, _ = cls.objects.filter(user=user).delete()
            sealed = _sealed(secret, [recovery.digest_of(code) for code in codes])
            # By the account's own id, so that a backup of before the other device is about the same row.
            cls.objects.create(id=user.pk, user=user, sealed=sealed, since=tell.now, last_step=step)
            _end_sessions(user)
            tell(Kind.USER_SECOND_FACTOR_ON, subject=user.subject, data={"replaced": bool(before)})
        return codes

    @classmethod
    def switch_off(cls, user: User, *, by: Actor) -> None:
        """Ask for the password alone."""
        cls._end(user, by, Kind.USER_SECOND_FACTOR_OFF)

    @classmethod
    def reset(cls, user: User, *, by: Actor) -> None:
        """Take away what somebody has lost; their sessions end, and they can set up another."""
        cls._end(user, by, Kind.USER_SECOND_FACTOR_RESET)

    @classmethod
    def _end(cls, user: User, by: Actor, kind: Kind) -> None:
        with command(by) as tell:
            _lock(user)
            if not cls.objects.filter(user=user).delete()[0]:
                raise NoSecondFactor(f"{user} has no second factor.")
            _end_sessions(user)
            tell(kind, subject=user.subject)

    @classmethod
    def renew_codes(cls, user: User) -> list[str]:
        """Return new recovery codes; the old ones are no good any more. Raises ``Unopened``."""
        codes = recovery.new_codes()
        with command(user.actor) as tell:
            row = cls._held(user)
            if row is None:
                raise NoSecondFactor("There is no second factor that they could stand in for.")
            row.sealed = _sealed(row.secret(), [recovery.digest_of(code) for code in codes])
            row.save(update_fields=["sealed"])
            tell(Kind.USER_RECOVERY_CODES_RENEWED, subject=user.subject)
        return codes

    @classmethod
    def take(cls, user: User, typed: str, tell: Tell) -> str:
        """Use up what was typed: return ``code`` or ``recovery code``, or nothing where it is neither.

        Part of the command that signs in, so that of two who type the same code at once one is let in.
        """
        row = cls._held(user)
        if row is None:
            return ""
        step = totp.step_of(row.secret(), typed, now=tell.now, after=row.last_step)
        if step is None:
            return row.take_recovery(typed, tell)
        row.last_step = step
        row.save(update_fields=["last_step"])
        return "code"

    def take_recovery(self, typed: str, tell: Tell) -> str:
        """Use up a recovery code: return what it is, or nothing where it is none."""
        left = recovery.without(typed, self._digests())
        if left is None:
            return ""
        self.sealed = _sealed(self.secret(), left)
        self.save(update_fields=["sealed"])
        tell(Kind.USER_RECOVERY_CODE_USED, subject=self.user.subject, data={"left": len(left)})
        return "recovery code"

    @classmethod
    def _held(cls, user: User) -> SecondFactor | None:
        return cls.objects.on().select_for_update(of=("self",)).filter(user=user).first()

    def secret(self) -> str:
        """Return what the app has, too. Raises ``Unopened``."""
        return open_(self.sealed)["secret"]

    def _digests(self) -> list[str]:
        return open_(self.sealed)["recovery"].split()


def _sealed(secret: str, digests: list[str]) -> str:
    return seal({"secret": secret, "recovery": " ".join(digests)})


def _lock(user: User) -> None:
    """Hold the account; by its class and not by the row's own, because a request's user is wrapped."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))


def _end_sessions(user: User) -> None:
    """End them all: those that were opened without the factor, and those that hold what is no longer true."""
    user.era += 1
    user.save(update_fields=["era"])
