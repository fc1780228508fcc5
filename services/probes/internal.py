"""Heartbeats of our own parts, which ``settings.INTERNAL_CHECKS`` names: this app knows none of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from services.probes.options import Target
from services.probes.outcome import Outcome, failed, passed
from services.probes.probe import Check, Probe

if TYPE_CHECKING:
    from outbound import Guard

log = structlog.get_logger(__name__)

# A thread that hangs on something frozen is not waited for; with all of them hanging, the next check times out.
_threads = ThreadPoolExecutor(max_workers=12, thread_name_prefix="internal-check")


def parts() -> tuple[str, ...]:
    """Return the names of our parts."""
    return tuple(settings.INTERNAL_CHECKS)


def _part(target: str, _guard: Guard) -> None:
    if target not in parts():
        raise ValidationError(f"“{target}” is no part of OpStatus. Use one of: {', '.join(parts())}.")


class Internal(Probe):
    """Asks one of our own parts, in a thread of its own."""

    kind = "internal"
    label = "OpStatus itself"
    about = "One of our own parts works: database, cache, broker, worker, storage or mail."
    target = Target("Part", "database", "Which part of OpStatus to ask.", _part, choices=parts)

    async def ask(self, check: Check) -> Outcome:
        """Ask it. What it raises may hold addresses and passwords, so it goes to the log."""
        ask: Callable[[], None] = import_string(settings.INTERNAL_CHECKS[check.target])
        try:
            await asyncio.get_running_loop().run_in_executor(_threads, ask)
        except Exception as error:  # noqa: BLE001 - whatever it is, the part does not work
            log.warning("part_unhealthy", part=check.target, error=str(error))
            return failed("part_failing", f"The {check.target} does not work; the log of the worker says why.")
        return passed(check.elapsed())
