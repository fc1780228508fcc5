"""Running a configuration that nobody has saved: what would a check of it give?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from services.probes.awaited import awaited
from services.probes.clean import clean
from services.probes.kinds import KINDS
from services.probes.options import Value
from services.probes.outcome import Outcome
from services.probes.reach import guard
from services.probes.secrets import kept
from services.probes.thresholds import Policy, note
from services.probes.tools import equipped

if TYPE_CHECKING:
    from services.models import Heartbeat


def trial(
    stands: Heartbeat | None,
    *,
    kind: str,
    url: str,
    options: Mapping[str, Any],
    timeout: float,
    latency_threshold_ms: float | None = None,
) -> Outcome:
    """Check once and store nothing. ``stands`` is the heartbeat being changed, whose secrets hold where they are left.

    Waits for the answer, at most ``timeout`` seconds. Raises ``ValidationError`` by field, and ``TooManyChecks``.
    """
    url = url.strip()
    if stands is not None and stands.kind == kind:
        options = kept(kind, url, options, stands.options, stands.url)
    values = clean(kind, url, options, guard())
    with awaited():
        outcome = asyncio.run(_once(kind, url, values, timeout))
    return note(outcome, Policy(latency_threshold_ms=latency_threshold_ms))


async def _once(kind: str, url: str, values: Mapping[str, Value], timeout: float) -> Outcome:
    async with equipped(guard()) as tools:
        return await KINDS[kind].run(url, values, timeout=timeout, tools=tools)
