"""Contact ways: how somebody wants to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Max

from accounts.models import User
from accounts.sealed import Unopened, open_, seal
from events.actors import SYSTEM, Actor
from events.command import Tell, command
from events.errors import Refused
from events.kinds import Kind
from events.locking import lock
from events.models import Event
from events.text import one_line
from oncall import addresses
from services.models.saving import put, values

# In seconds: whoever wants to wait longer wants another step of the policy.
LONGEST_DELAY = 3600
MOST = 20
ADDRESS = "address"
# Links to one address: so long after the last, and so many within a day.
PAUSE = timedelta(minutes=2)
DAY = timedelta(days=1)
MOST_ASKED = 5


class ContactWay(models.Model):
    """One way to one person. It is used once whoever reads it has said that it is theirs.

    ``sealed`` holds the address and what messages there are signed with; ``shown`` is what others may see of it;
    ``delay`` is in seconds after the page. The first by ``position`` is tried first.
    """

    class Carrier(models.TextChoices):
        """What carries the message."""

        EMAIL = "email", "Email"
        WEBHOOK = "webhook", "Webhook"
        APPRISE = "apprise", "Another service (Apprise)"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="contact_ways")
    kind = models.CharField(max_length=10, choices=Carrier.choices)
    label = models.CharField(max_length=80, blank=True, validators=[one_line])
    sealed = models.TextField(editable=False)
    shown = models.CharField(max_length=300, editable=False)
    position = models.PositiveIntegerField(default=0)
    delay = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(LONGEST_DELAY)])
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    enabled = models.BooleanField(default=True)
    # Since when messages do not get there, and why; both are empty again with the first that does.
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    failing_because = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    EDITABLE = ("label", "position", "delay", "enabled")

    class Meta:
        ordering = ["position", "created_at"]
        indexes = [models.Index(fields=["user", "position"], name="contact_way_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["email", "webhook", "apprise"]), name="contact_way_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.shown

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "contact_way", self.id, f"{self.user}: {self}"[:200]

    @property
    def is_usable(self) -> bool:
        """Say whether pages go there."""
        return self.enabled and self.verified_at is not None

    @property
    def address(self) -> str:
        """Return where it leads, secret or not; empty where it cannot be opened any more."""
        return self.held().get(ADDRESS, "")

    @property
    def signing_secret(self) -> str:
        """Return what messages there are signed with; empty where nothing is signed."""
        return self.held().get("signing", "")

    def held(self) -> dict[str, str]:
        """Return the address and what messages there are signed with; nothing where they cannot be opened any more."""
        try:
            return open_(self.sealed)
        except Unopened:
            return {}

    @classmethod
    def add(cls, *, by: Actor, user: User, kind: str, address: str, now: datetime | None = None, **fields: Any) -> Self:
        """Give somebody a way, last unless a position is given. It is asked whether it is theirs, and used after that.

        Raises ``ValidationError`` by field.
        """
        with command(by, now=now) as tell:
            # The person of a request is no row yet.
            user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
            if user.contact_ways.count() >= MOST:
                raise Refused(f"Not more than {MOST} contact ways. Remove one first.")
            found = addresses.checked(kind, address)
            fields.setdefault("position", _last(user))
            way = cls(user=user, kind=kind, shown=found.shown, created_at=tell.now, **fields)
            way.sealed = seal({ADDRESS: found.text, **found.secrets})
            way.full_clean()
            way.save(force_insert=True)
            way._tell(tell, Kind.CONTACT_WAY_ADDED, after=way._said())
        return way

    def ask_again(self, *, by: Actor, now: datetime | None = None) -> None:
        """Send the link once more. Raises ``Refused`` where it is verified, and where that was asked for too often."""
        with command(by, now=now) as tell:
            lock(self)
            if self.verified_at is not None:
                raise Refused("It is verified already: pages go there.")
            self._refuse_too_many(tell.now)
            self._tell(tell, Kind.CONTACT_WAY_ASKED)

    def edit(self, *, by: Actor, changes: Mapping[str, Any], now: datetime | None = None) -> None:
        """Change fields of ``EDITABLE``. Another address is another way: its reader has to say that it is theirs."""
        with command(by, now=now) as tell:
            lock(self)
            before = put(self, {name: value for name, value in changes.items() if name in self.EDITABLE})
            if not before:
                tell.nothing()
                return
            self.full_clean()
            self.save()
            self._tell(tell, Kind.CONTACT_WAY_CHANGED, before=before, after=values(self, before))

    def verify(self, *, by: Actor, now: datetime | None = None) -> None:
        """Note that whoever reads it has said that it is theirs. A second time changes nothing."""
        with command(by, now=now) as tell:
            lock(self)
            if self.verified_at is not None:
                tell.nothing()
                return
            self.verified_at = tell.now
            self.save(update_fields=["verified_at"])
            self._tell(tell, Kind.CONTACT_WAY_VERIFIED)

    def failed(self, *, because: str, now: datetime | None = None) -> None:
        """Note that messages do not get there. It is told once, and used all the same."""
        with command(SYSTEM, now=now) as tell:
            lock(self)
            if self.failing_since is not None:
                tell.nothing()
                return
            self.failing_since, self.failing_because = tell.now, because[:300]
            self.save(update_fields=["failing_since", "failing_because"])
            self._tell(tell, Kind.CONTACT_WAY_FAILING, because=self.failing_because)

    def answered(self, *, now: datetime | None = None) -> None:
        """Note that messages get there again."""
        with command(SYSTEM, now=now) as tell:
            lock(self)
            if self.failing_since is None:
                tell.nothing()
                return
            self.failing_since, self.failing_because = None, ""
            self.save(update_fields=["failing_since", "failing_because"])
            self._tell(tell, Kind.CONTACT_WAY_WORKS)

    def remove(self, *, by: Actor, now: datetime | None = None) -> None:
        """Delete it; nothing more goes there."""
        with command(by, now=now) as tell:
            lock(self)
            self._tell(tell, Kind.CONTACT_WAY_REMOVED, before=self._said())
            self.delete()

    def _refuse_too_many(self, now: datetime) -> None:
        """Whose mailbox it is has not said yes: nobody fills it."""
        kinds = (Kind.CONTACT_WAY_ADDED, Kind.CONTACT_WAY_ASKED)
        told = Event.objects.filter(subject_type="contact_way", subject_id=str(self.pk), kind__in=kinds)
        asked = list(told.filter(at__gt=now - DAY).order_by("at").values_list("at", flat=True))
        if asked and now < asked[-1] + PAUSE:
            raise Refused("A message has just gone there. Wait two minutes, look among spam, and try again then.")
        if len(asked) >= MOST_ASKED:
            raise Refused(f"{MOST_ASKED} messages went there within a day. Look among spam, or give another address.")

    def _said(self) -> dict[str, Any]:
        return {"kind": str(self.kind), "shown": self.shown, **values(self, self.EDITABLE)}

    def _tell(self, tell: Tell, kind: Kind, because: str = "", **detail: Any) -> None:
        why = {"because": because} if because else {}
        tell(kind, subject=self.subject, data={"user": str(self.user_id), **why}, **detail)


def _last(user: User) -> int:
    """Return the position behind all of somebody's ways."""
    highest = user.contact_ways.aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else int(highest) + 1
