"""Checking now, because somebody asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from services.checks.claiming import Claim, claim_these
from services.checks.crew import Clock, Crew, Finished
from services.checks.settling import settle
from services.checks.storing import store
from services.models import Heartbeat
from services.probes import KINDS, Outcome
from services.probes.awaited import awaited

PATIENCE = 1.0


def run_now(component_ids: Iterable[UUID], now: datetime | None = None) -> dict[UUID, Outcome]:
    """Check these components at once, and store and judge as the engine does. Return the outcomes.

    A job that calls us cannot be asked and is left out, and so is what has no heartbeat. The result of a heartbeat that
    is paused is only returned. It takes as long as the slowest target, at most its timeout. Raises ``TooManyChecks``.
    """
    with awaited():
        return _checked(component_ids, (lambda: now) if now else timezone.now)


def _checked(component_ids: Iterable[UUID], clock: Clock) -> dict[UUID, Outcome]:
    claims = [each for each in claim_these(_askable(component_ids), clock()) if not each.waits]
    finished = _run(claims, clock)
    _keep([each for each in finished if not each.claim.rests], clock)
    return {each.claim.component_id: each.outcome for each in finished}


def _askable(component_ids: Iterable[UUID]) -> list[UUID]:
    """Return which of the components can be asked. Whether they rest is read with the lease, and so is the kind."""
    kinds = [kind for kind, probe in KINDS.items() if not probe.waits]
    return list(Heartbeat.objects.filter(pk__in=list(component_ids), kind__in=kinds).values_list("pk", flat=True))


def _run(claims: Sequence[Claim], clock: Clock) -> list[Finished]:
    finished: list[Finished] = []
    if claims:
        with Crew(settings.CHECKS_AT_ONCE, clock) as crew:
            crew.send(claims)
            while crew.in_hand:
                finished += crew.gather(PATIENCE)
    return finished


def _keep(finished: Sequence[Finished], clock: Clock) -> None:
    for component in store(finished, clock()) if finished else ():
        settle(component, clock())
