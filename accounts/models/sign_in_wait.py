"""The growing wait after wrong passwords, counted per account and per place. It never locks anybody out for good."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from django.db import models, transaction

# Without a new attempt for this long, the count starts again.
FORGOTTEN = timedelta(hours=1)
# No wait. Not the instant of the attempt: somebody else read the clock a moment before it, and would wait for that.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many attempts cost nothing, and how long the longest wait is."""

    free: int
    longest: int

    def seconds(self, failures: int) -> int:
        """Return the wait after so many failures in a row: nothing, then 1, 2, 4, 8 … seconds."""
        beyond = failures - self.free
        return 0 if beyond <= 0 else min(self.longest, 2 ** min(beyond - 1, 20))


ACCOUNT = Patience(free=4, longest=60)
# Whoever is asked for a code knows the password already: guessing a million of them must take longer than a life.
CODE = Patience(free=4, longest=900)
# A whole office may share one address.
PLACE = Patience(free=20, longest=300)
# What an account's failures are counted for.
Asked = Literal["account", "code"]
_PATIENCE = {"account": ACCOUNT, "code": CODE}


class SignInWait(models.Model):
    """How often signing in has failed for one account or from one place.

    ``subject`` is a digest: people type passwords into the wrong field.
    """

    subject = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    attempted_at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} failures until {self.until}"

    @classmethod
    def enter(cls, username: str, place: str, now: datetime, asked: Asked = "account") -> int:
        """Count an attempt as failed before it is made, and return 0; or return the seconds to wait, counting nothing.

        ``asked`` for the password, or for the code after it: the right password must not forgive wrong codes. Counting
        first means that a hundred guesses at once are a hundred failures, not one.
        """
        with transaction.atomic():
            rows = [(cls._locked(subject, now), patience) for subject, patience in _subjects(username, place, asked)]
            wait = max(math.ceil((row.until - now).total_seconds()) for row, _ in rows)
            if wait > 0:
                return wait
            for row, patience in rows:
                row.count(patience, now)
            return 0

    @classmethod
    def succeed(cls, username: str, place: str, asked: Asked = "account") -> None:
        """Forget the account's failures and take back the one that :meth:`enter` counted for the place."""
        (account, _), (spot, _) = _subjects(username, place, asked)
        cls.objects.filter(pk=account).delete()
        cls.objects.filter(pk=spot, failures__gt=0).update(failures=models.F("failures") - 1, until=AT_ONCE)

    @classmethod
    def forgive(cls, username: str) -> None:
        """Forget the failures of one account: its owner has shown who they are."""
        cls.objects.filter(pk=_account(username)).delete()

    @classmethod
    def prune(cls, now: datetime) -> int:
        """Drop rows that no longer matter. Return how many."""
        deleted, _ = cls.objects.filter(attempted_at__lte=now - FORGOTTEN).delete()
        return deleted

    @classmethod
    def _locked(cls, subject: str, now: datetime) -> SignInWait:
        while True:
            cls.objects.get_or_create(subject=subject, defaults={"attempted_at": now, "until": AT_ONCE})
            # Between the two statements somebody may have forgiven or pruned it.
            row = cls.objects.select_for_update().filter(subject=subject).first()
            if row is not None:
                return row

    def count(self, patience: Patience, now: datetime) -> None:
        """Count one failure and let the wait grow. The caller holds the row."""
        self.failures = 1 if self.attempted_at <= now - FORGOTTEN else self.failures + 1
        self.attempted_at = now
        seconds = patience.seconds(self.failures)
        self.until = now + timedelta(seconds=seconds) if seconds else AT_ONCE
        self.save()


def _subjects(username: str, place: str, asked: Asked) -> list[tuple[str, Patience]]:
    """Return the account's row first; the fixed order keeps two sign-ins from waiting for each other."""
    return [(_account(username, asked), _PATIENCE[asked]), (_digest("place", place), PLACE)]


def _account(username: str, asked: Asked = "account") -> str:
    """Return one subject for all spellings by which the form or the database would find one account.

    The form folds compatibility characters and strips; a database may take a dotless i for an I.
    """
    return _digest(asked, unicodedata.normalize("NFKC", username).strip().upper().casefold())


def _digest(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode()).hexdigest()
