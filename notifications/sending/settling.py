"""Writing how it ended: only where the lease is still ours, because otherwise somebody else has the message."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from notifications.kinds import Lane, State
from notifications.models import Circuit, Delivery
from notifications.sending import circuit
from notifications.sending.backoff import delay
from notifications.sending.claiming import Claim
from notifications.sending.look import Dropped
from notifications.transports.outcome import Nature, Outcome

FREE: dict[str, Any] = {"lease_token": None, "lease_until": None}
OVER: dict[str, Any] = {**FREE, "next_attempt_at": None, "links": ""}
CLEAN: dict[str, Any] = {"error_code": "", "last_error": ""}


def settle(ended: Sequence[tuple[Claim, Outcome | None]], token: UUID, now: datetime) -> list[UUID]:
    """Write how these tries ended. Return those that were still ours."""
    with transaction.atomic():
        sent = [claim for claim, outcome in ended if outcome is not None and outcome.ok]
        kept = _write(sent, token, **OVER, **CLEAN, status=State.SENT, sent_at=now)
        if sent and Circuit.objects.exists():
            circuit.close({claim.target for claim in sent})
        for claim, outcome in ended:
            if outcome is None:
                kept += _write([claim], token, **_given_back(claim.next_attempt_at))
            elif not outcome.ok:
                kept += _write([claim], token, **_failed(claim, outcome, now))
    return kept


def drop(dropped: Sequence[Dropped], token: UUID) -> None:
    """Write that nobody wants these any more; what was not even tried is no attempt."""
    for each in dropped:
        changes = {**OVER, "status": State.DROPPED, "error_code": each.code, "last_error": each.reason}
        _write([each.claim], token, **changes, attempts=F("attempts") - 1)


def _failed(claim: Claim, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """Return what is written of a try that failed."""
    said = {"error_code": outcome.code[:40], "last_error": outcome.reason[:300]}
    if outcome.nature is Nature.CHANNEL:
        until = circuit.trip(claim.target, outcome, now)
        # Behind the others that wait: of a way that is tried again with one message it is not always the same.
        return {**said, **_given_back(until)}
    wait = delay(claim.attempt, random.random(), outcome.retry_after) if outcome.nature is Nature.LATER else None  # noqa: S311
    if wait is None:
        return {**said, **OVER, "status": State.FAILED}
    if outcome.retry_after:
        circuit.trip(claim.target, outcome, now)
    return {**said, **FREE, "lane": Lane.RETRY, "next_attempt_at": now + timedelta(seconds=wait)}


def _given_back(due: datetime) -> dict[str, Any]:
    return {**FREE, "next_attempt_at": due, "attempts": F("attempts") - 1}


def _write(claims: Sequence[Claim], token: UUID, **changes: Any) -> list[UUID]:
    """Change the rows whose lease is ours, and return their ids."""
    if not claims:
        return []
    keys = [claim.id for claim in claims]
    mine = Delivery.objects.filter(pk__in=keys, lease_token=token)
    if mine.update(**changes) == len(keys):
        return keys
    return []
