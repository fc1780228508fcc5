"""Taking what is due, so that of several workers one has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet

from notifications.kinds import Lane, State, Way
from notifications.models import Delivery
from notifications.models.addressing import MAIL, PERSON

LEASE: Final = timedelta(seconds=60)
# That of a page is renewed while it is being sent (``holding.py``).
PAGE_LEASE: Final = timedelta(seconds=20)
# Messages that one target has in hand: a host that hangs holds no more than these.
CAP: Final = 2
# The makers of browsers have one address for all of them.
BROWSER_CAP: Final = 20
# Pages that go by mail: a mail server that hangs leaves senders to all other ways.
PAGE_MAILS: Final = 8
# Pages that go in the messages of one claim, besides the first of each.
MOST_TOGETHER: Final = 100
# So many of those that wait are looked at for each that there is room for.
GLANCE: Final = 3


class Claim(NamedTuple):
    """A message to send, leased.

    ``lease`` is the token of its lease, made anew each time that somebody claims: how a try ended counts as long as the
    row holds it.
    """

    lease: UUID
    id: UUID
    event: int | None
    announcement_id: UUID
    subscriber_id: UUID | None
    channel_id: UUID | None
    person_id: UUID | None
    recipient: str
    transport: str
    target: str
    purpose: str
    lane: str
    # The number of this one.
    attempt: int
    links: str
    next_attempt_at: datetime


# What a row gives; the lease is made.
COLUMNS: Final = tuple(name for name in Claim.__annotations__ if name != "lease")

# One statement, and so one way to the server and back, instead of five. What another worker holds is passed over.
_LEASED: Final = """
WITH taken AS MATERIALIZED ({} FOR NO KEY UPDATE SKIP LOCKED)
UPDATE notifications_delivery
SET lease_token = %s, lease_until = %s, next_attempt_at = %s, attempts = notifications_delivery.attempts + 1
FROM taken WHERE notifications_delivery.id = taken.id
RETURNING taken.*
"""

Shut: TypeAlias = Mapping[str, datetime]


def claim_pages(room: int, now: datetime) -> list[Claim]:
    """Lease what calls people in, by whatever way, the longest waiting first.

    It asks after no way that rests: a page does no harm by knocking, and great harm by waiting.
    """
    waiting = due(Lane.PAGE, now)
    # Nearly always nothing is due.
    if room <= 0 or not waiting.exists():
        return []
    rows = Delivery.objects.filter(lane=Lane.PAGE, lease_token__isnull=False, lease_until__gt=now).order_by()
    # What goes to one person by one way goes together.
    taken = rows.values_list("target", "recipient", "pk")
    held = Counter(target for target, _ in {(target, to if _bundles(to) else key) for target, to, key in taken})
    capped = [target for target, count in held.items() if count >= _page_cap(target)]
    found = waiting.exclude(target__in=capped).order_by("next_attempt_at").values_list("pk", "target", "recipient")
    first = dict(islice(_pages_below_cap(found[: GLANCE * room], held), room))
    return lease([*first, *_with(first, waiting)], now, PAGE_LEASE)


def claim_mails(lane: Lane, room: int, now: datetime, shut: Shut) -> list[Claim]:
    """Lease mails of a lane that are due, the longest waiting first; none while the mail server is left in peace."""
    if room <= 0 or shut.get(MAIL, now) > now:
        return []
    rows = due(lane, now).filter(target=MAIL).order_by("next_attempt_at")[:room]
    # Elsewhere a look takes no lock.
    in_one = connection.vendor == "postgresql"
    return _leased(rows, now) if in_one else lease(list(rows.values_list("pk", flat=True)), now)


def claim_others(lane: Lane, room: int, now: datetime, shut: Shut) -> list[Claim]:
    """Lease all other messages of a lane that are due, no more than its cap for any target.

    A target that is ``shut`` gets none until then, and after that one.
    """
    waiting = due(lane, now).exclude(target=MAIL)
    # Most often nothing is due.
    if not waiting.exists():
        return []
    held = in_hand(now)
    full = [target for target, until in shut.items() if until > now or held[target]]
    full += [target for target, count in held.items() if count >= BROWSER_CAP]
    capped = [target for target, count in held.items() if count >= CAP]
    rows = waiting.exclude(target__in=full).exclude(~Q(transport=Way.BROWSER), target__in=capped)
    found = rows.order_by("next_attempt_at").values_list("pk", "target", "transport")[: GLANCE * room]
    return lease(list(islice(_below_cap(found, held, shut), room)), now)


def due(lane: Lane, now: datetime) -> QuerySet[Delivery]:
    """Return what is to be sent now: what somebody has in hand is due when the lease is over."""
    return Delivery.objects.filter(status=State.PENDING, lane=lane, next_attempt_at__lte=now)


def in_hand(now: datetime) -> Counter[str]:
    """Return how many messages each target has in hand, whichever worker holds them; mails are not counted."""
    rows = Delivery.objects.filter(lease_token__isnull=False, lease_until__gt=now).exclude(target=MAIL)
    return Counter(dict(rows.order_by().values_list("target").annotate(Count("pk"))))


def _below_cap(found: Iterable[tuple[UUID, str, str]], held: Mapping[str, int], shut: Shut) -> Iterator[UUID]:
    taken = Counter(held)
    for key, target, transport in found:
        cap = 1 if target in shut else BROWSER_CAP if transport == Way.BROWSER else CAP
        if taken[target] < cap:
            taken[target] += 1
            yield key


def _pages_below_cap(found: Iterable[tuple[UUID, str, str]], held: Mapping[str, int]) -> Iterator[tuple[UUID, str]]:
    """Yield pages with their recipients; of those that go in one message the first."""
    taken, met = Counter(held), set[str]()
    for key, target, recipient in found:
        if recipient not in met and taken[target] < _page_cap(target):
            taken[target] += 1
            met |= {recipient} if _bundles(recipient) else set()
            yield key, recipient


def _with(first: Mapping[UUID, str], waiting: QuerySet[Delivery]) -> list[UUID]:
    """Return the pages that go in one message with these."""
    people = {recipient for recipient in first.values() if _bundles(recipient)}
    if not people:
        return []
    rows = waiting.filter(recipient__in=people).exclude(pk__in=list(first)).order_by("next_attempt_at")
    return list(rows.values_list("pk", flat=True)[:MOST_TOGETHER])


def _bundles(recipient: str) -> bool:
    return settings.PAGE_BUNDLE_WINDOW > 0 and recipient.startswith(PERSON)


def _page_cap(target: str) -> int:
    return PAGE_MAILS if target == MAIL else CAP


def lease(keys: Sequence[UUID], now: datetime, lasting: timedelta = LEASE) -> list[Claim]:
    """Lease those of these that nobody has in hand. While it holds they are not due."""
    if not keys:
        return []
    rows = Delivery.objects.filter(pk__in=keys, status=State.PENDING, next_attempt_at__lte=now)
    return _leased(rows.order_by("next_attempt_at"), now, lasting)


def _leased(rows: QuerySet[Delivery], now: datetime, lasting: timedelta = LEASE) -> list[Claim]:
    token, until = uuid4(), now + lasting
    these = rows.annotate(attempt=F("attempts") + 1).values_list(*COLUMNS)
    if connection.vendor == "postgresql":
        statement, values = these.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(_LEASED.format(statement), [*values, token, until, until])
            return sorted((Claim(token, *row) for row in cursor.fetchall()), key=attrgetter("next_attempt_at"))
    with transaction.atomic():
        claims = [Claim(token, *row) for row in these]
        Delivery.objects.filter(pk__in=[each.id for each in claims]).update(
            lease_token=token, lease_until=until, next_attempt_at=until, attempts=F("attempts") + 1
        )
    return claims
