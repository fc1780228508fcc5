"""Writing how it ended: only where the lease is still ours, because otherwise somebody else has the message."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from notifications.kinds import Lane, State
from notifications.models import Delivery
from notifications.models.deliveries import DeliveryQuerySet
from notifications.sending import circuit
from notifications.sending.backoff import OF_PAGES, delay
from notifications.sending.claiming import Claim
from notifications.sending.look import Dropped
from notifications.transports.outcome import Nature, Outcome

FREE: dict[str, Any] = {"lease_token": None, "lease_until": None}
OVER: dict[str, Any] = {**FREE, "next_attempt_at": None, "links": ""}
# Who had looked at it while it waited has not seen that it came to nothing.
FAILED: dict[str, Any] = {**OVER, "status": State.FAILED, "seen_at": None}
_SENT = """
UPDATE notifications_delivery
SET status = 'SENT', sent_at = %s, next_attempt_at = NULL, lease_token = NULL, lease_until = NULL,
    error_code = '', last_error = '', links = ''
WHERE {}
"""


def settle(ended: Sequence[tuple[Claim, Outcome | None]], now: datetime) -> list[Claim]:
    """Write how these tries ended. Return those that were still ours, of those that did not go well."""
    _sent([claim for claim, outcome in ended if outcome is not None and outcome.ok], now)
    rest = [(claim, outcome) for claim, outcome in ended if outcome is None or not outcome.ok]
    return [claim for claim, outcome in rest if _other(claim, outcome, now)]


def _sent(claims: Sequence[Claim], now: datetime) -> None:
    """Write that these arrived: one plain statement, for which their senders wait."""
    if not claims:
        return
    moment, key = connection.ops.adapt_datetimefield_value, _key
    pairs = [key(one) for claim in claims for one in (claim.id, claim.lease)]
    statement = _SENT.format(" OR ".join(["(id = %s AND lease_token = %s)"] * len(claims)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [moment(now), *pairs])


def _other(claim: Claim, outcome: Outcome | None, now: datetime) -> bool:
    with transaction.atomic():
        # What somebody else has by now says nothing of the way either.
        if not _ours(claim).select_for_update(no_key=True).values_list("pk").first():
            return False
        changes = _given_back(claim.next_attempt_at) if outcome is None else _failed(claim, outcome, now)
        return _write(claim, **changes)


def drop(dropped: Sequence[Dropped]) -> None:
    """Write that nobody wants these any more; what was not even tried is no attempt."""
    for each in dropped:
        changes = {**OVER, "status": State.DROPPED, "error_code": each.code, "last_error": each.reason}
        _write(each.claim, **changes, attempts=F("attempts") - 1)


def _failed(claim: Claim, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """Return what is written of a try that failed."""
    said = {"error_code": outcome.code[:40], "last_error": outcome.reason[:300]}
    if claim.lane == Lane.PAGE:
        return {**said, **_page_failed(claim, outcome, now)}
    if outcome.nature is Nature.CHANNEL:
        until = circuit.trip(claim.target, outcome, now)
        # Behind the others that wait: of a way that is tried again with one message it is not always the same.
        return {**said, **_given_back(until)}
    wait = delay(claim.attempt, random.random(), outcome.retry_after) if outcome.nature is Nature.LATER else None  # noqa: S311
    if wait is None:
        return {**said, **FAILED}
    # What an outsider's address asks for is waited for by its own message: others may live on the same host.
    if outcome.retry_after and claim.channel_id is not None:
        circuit.trip(claim.target, outcome, now)
    return {**said, **FREE, "lane": Lane.RETRY, "next_attempt_at": now + timedelta(seconds=wait)}


def _page_failed(claim: Claim, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """Return when a page is tried again: in its own lane, and also where the way is shut for every message."""
    final = outcome.nature in (Nature.RECIPIENT, Nature.MESSAGE)
    wait = None if final else delay(claim.attempt, random.random(), outcome.retry_after, delays=OF_PAGES)  # noqa: S311
    if wait is None:
        return FAILED
    return {**FREE, "next_attempt_at": now + timedelta(seconds=wait)}


def _given_back(due: datetime) -> dict[str, Any]:
    return {**FREE, "next_attempt_at": due, "attempts": F("attempts") - 1}


def _write(claim: Claim, **changes: Any) -> bool:
    """Change the row if its lease is ours; say whether it was."""
    return bool(_ours(claim).update(**changes))


def _ours(claim: Claim) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk=claim.id, lease_token=claim.lease)


def _key(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex
