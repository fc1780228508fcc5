"""Taking what is due, so that of several workers one has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q

from notifications.kinds import Lane, State, Way
from notifications.models import Circuit, Delivery
from notifications.models.addressing import MAIL

LEASE: Final = timedelta(seconds=60)
# Messages that one target has in hand: a host that hangs holds no more than these.
CAP: Final = 2
# The makers of browsers have one address for all of them.
BROWSER_CAP: Final = 20
# So many of those that wait are looked at in one go.
GLANCE: Final = 500


class Claim(NamedTuple):
    """A message to send, leased."""

    id: UUID
    event: int | None
    announcement_id: UUID
    subscriber_id: UUID | None
    channel_id: UUID | None
    recipient: str
    transport: str
    target: str
    purpose: str
    lane: str
    # The number of this one.
    attempt: int
    links: str
    next_attempt_at: datetime


COLUMNS: Final = tuple(Claim.__annotations__)


@dataclass(frozen=True, slots=True)
class Room:
    """How many more messages can be taken in hand: mails, and all others."""

    mails: int
    others: int

    @property
    def is_full(self) -> bool:
        """Say whether there is none."""
        return self.mails <= 0 and self.others <= 0

    def without(self, claims: Sequence[Claim]) -> Room:
        """Return what is left once these are taken."""
        mails = sum(each.target == MAIL for each in claims)
        return Room(self.mails - mails, self.others - len(claims) + mails)


def claim(lane: Lane, room: Room, token: UUID, now: datetime) -> list[Claim]:
    """Lease messages of a lane that are due, the longest waiting first, no more than there is room for.

    Nothing goes to a target that rests, and no more than its cap to any.
    """
    waiting = Delivery.objects.filter(status=State.PENDING, lane=lane, next_attempt_at__lte=now)
    # Most often nothing is due: a look takes no lock.
    if room.is_full or not waiting.exists():
        return []
    shut = {row.target: row.rests_until for row in Circuit.objects.all()}
    held = in_hand(now)
    full = [target for target, until in shut.items() if until > now or held[target]]
    full += [target for target, count in held.items() if target != MAIL and count >= BROWSER_CAP]
    full += [MAIL] if room.mails <= 0 else []
    rows = waiting.exclude(target__in=full).exclude(_at_cap(held))
    if room.others <= 0:
        rows = rows.filter(target=MAIL)
    found = rows.order_by("next_attempt_at").values_list("pk", "target", "transport")[:GLANCE]
    return lease(list(_chosen(found, room, held, frozenset(shut))), token, now)


def _at_cap(held: Mapping[str, int]) -> Q:
    full = [target for target, count in held.items() if target != MAIL and count >= CAP]
    return Q(target__in=full) & ~Q(transport=Way.BROWSER)


def in_hand(now: datetime) -> Counter[str]:
    """Return how many messages each target has in hand, whichever worker holds them."""
    rows = Delivery.objects.filter(lease_token__isnull=False, lease_until__gt=now).exclude(target=MAIL)
    return Counter(dict(rows.order_by().values_list("target").annotate(Count("pk"))))


def _chosen(
    found: Sequence[tuple[UUID, str, str]], room: Room, held: Counter[str], shut: frozenset[str]
) -> Iterator[UUID]:
    """Choose the messages; a target that has rested is tried with one."""
    left, taken = {True: room.mails, False: room.others}, Counter(held)
    for key, target, transport in found:
        is_mail = target == MAIL
        cap = 1 if target in shut else room.mails if is_mail else BROWSER_CAP if transport == Way.BROWSER else CAP
        if left[is_mail] > 0 and taken[target] < cap:
            left[is_mail] -= 1
            taken[target] += 1
            yield key


def lease(keys: Sequence[UUID], token: UUID, now: datetime) -> list[Claim]:
    """Lease those of these that nobody has in hand. While it holds they are not due."""
    if not keys:
        return []
    with transaction.atomic():
        rows = Delivery.objects.filter(pk__in=keys, status=State.PENDING, next_attempt_at__lte=now)
        held = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
        this_one = held.order_by("next_attempt_at").annotate(attempt=F("attempts") + 1)
        claims = [Claim(*row) for row in this_one.values_list(*COLUMNS)]
        until = now + LEASE
        Delivery.objects.filter(pk__in=[each.id for each in claims]).update(
            lease_token=token, lease_until=until, next_attempt_at=until, attempts=F("attempts") + 1
        )
    return claims
