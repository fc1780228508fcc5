"""Standing in for each other: overrides, shifts that are taken, shifts that are swapped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Max

from accounts.models import User
from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from oncall.models.override import Override, OverrideOver
from oncall.models.schedule.planning import Planning
from oncall.models.schedule.reading import Reading

LONGEST: Final = timedelta(days=366)
# So far back an override may begin and keep its beginning: clocks differ, and forms take a while.
GRACE: Final = timedelta(minutes=5)
Stretch = tuple[datetime, datetime]


class Covering(Planning):
    """The verbs by which somebody else is on call for a while."""

    class Meta:
        abstract = True

    def cover(
        self,
        user: User,
        start: datetime,
        end: datetime,
        *,
        by: Actor,
        replaces: User | None = None,
        now: datetime | None = None,
    ) -> Override:
        """Put ``user`` on call in ``[start, end)``; one that began before now begins now.

        Raises ``ValidationError`` by field, and ``OverrideOver`` where it has gone by.
        """
        with command(by, now=now) as tell:
            lock(self)
            override: Override = self._cover(tell, user, (start, end), replaces)
        return override

    def take(self, user: User, start: datetime, end: datetime, *, by: Actor, now: datetime | None = None) -> Override:
        """Put ``user`` on call over a shift, in place of whoever has most of it; raises like :meth:`cover`."""
        with command(by, now=now) as tell:
            lock(self)
            override: Override = self._cover(tell, user, (start, end), _most(self, (start, end)))
        return override

    def swap(
        self, first: Stretch, second: Stretch, *, by: Actor, now: datetime | None = None
    ) -> tuple[Override, Override]:
        """Let whoever is on call all through ``first`` take ``second``, and the other way round; both or neither.

        Raises ``ValidationError`` where not one person has each of them, and like :meth:`cover`.
        """
        with command(by, now=now) as tell:
            lock(self)
            one, other = _holder(self, first, "first"), _holder(self, second, "second")
            if one == other:
                raise ValidationError({"second": f"{one} has both shifts already."})
            if max(first[0], second[0]) < min(first[1], second[1]):
                raise ValidationError({"second": "The two shifts overlap."})
            made: tuple[Override, Override] = (
                self._cover(tell, other, first, one),
                self._cover(tell, one, second, other),
            )
        return made

    def _cover(self, tell: Tell, user: User, stretch: Stretch, replaces: User | None) -> Override:
        start, end = stretch
        _refuse_odd(user, start, end, tell.now)
        override = self.overrides.create(
            user=user,
            start=start if start >= tell.now - GRACE else tell.now,
            end=end,
            replaces=replaces if replaces != user else None,
            created_at=tell.now,
            created_by=str(tell.actor),
            number=self._next_number(),
        )
        self.tell_of(tell, Kind.OVERRIDE_CREATED, after=override.said(), data={"override": str(override.pk)})
        return override

    def _next_number(self) -> int:
        """Return a number above all before it: clocks may be set back, and two verbs may come in one instant."""
        return (self.overrides.aggregate(newest=Max("number"))["newest"] or 0) + 1


def _refuse_odd(user: User, start: datetime, end: datetime, now: datetime) -> None:
    if end <= start:
        raise ValidationError({"end": "It must end after its start."})
    if end - start > LONGEST:
        raise ValidationError({"end": f"An override lasts at most {LONGEST.days} days. Change the schedule instead."})
    if not user.is_active:
        raise ValidationError({"user": f"The account of {user} is deactivated: nobody could reach them."})
    if end <= now:
        raise OverrideOver("That time has gone by; who was on call then is not rewritten.")


def _holder(schedule: Reading, stretch: Stretch, name: str) -> User:
    """Return the one person who is on call all through it. Raises ``ValidationError``."""
    if stretch[1] <= stretch[0]:
        raise ValidationError({name: "It must end after its start."})
    if stretch[1] - stretch[0] > LONGEST:
        raise ValidationError({name: f"A shift that is swapped lasts at most {LONGEST.days} days."})
    holders = {shift.user for shift in schedule.shifts(*stretch)}
    person = User.objects.filter(pk=holders.pop()).first() if len(holders) == 1 and holders != {""} else None
    if person is None:
        raise ValidationError({name: "Not one person alone is on call all through it. Take one shift each."})
    return person


def _most(schedule: Reading, stretch: Stretch) -> User | None:
    """Return who has the longest part of it; nobody for a stretch that is odd, which is refused elsewhere."""
    if not timedelta(0) < stretch[1] - stretch[0] <= LONGEST:
        return None
    held = [shift for shift in schedule.shifts(*stretch) if shift.user]
    longest = max(held, key=lambda shift: shift.end - shift.start, default=None)
    return User.objects.filter(pk=longest.user).first() if longest else None
