"""What every kind of heartbeat is, and the frame in which each check runs."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import structlog

from outbound import Failure
from services.probes.options import Option, Target, Value
from services.probes.outcome import Outcome, failed

if TYPE_CHECKING:
    from outbound import Guard
    from services.probes.tools import Tools

log = structlog.get_logger(__name__)

# Seconds that the client has to say in which part of the call the time went.
LAST_WORD = 0.25


@dataclass(frozen=True, slots=True)
class Check:
    """One check as it runs: what of, how, and since when. ``timeout`` in seconds, for all of it."""

    target: str
    options: Mapping[str, Value]
    timeout: float
    tools: Tools
    began: float = field(default_factory=time.monotonic)

    def text(self, name: str) -> str:
        """Return a text, lines or a choice."""
        return str(self.options[name])

    def number(self, name: str) -> int:
        """Return an integer."""
        return int(self.options[name])

    def flag(self, name: str) -> bool:
        """Return a yes or no."""
        return bool(self.options[name])

    def elapsed(self) -> float:
        """Return the ms that have passed since it began."""
        return (time.monotonic() - self.began) * 1000

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.timeout - self.elapsed() / 1000


class Probe(ABC):
    """One kind. ``about`` is a sentence; a kind that ``waits`` is told by the job itself and never run."""

    kind: ClassVar[str]
    label: ClassVar[str]
    about: ClassVar[str]
    target: ClassVar[Target]
    options: ClassVar[tuple[Option, ...]] = ()
    waits: ClassVar[bool] = False

    def agree(self, options: Mapping[str, Value], guard: Guard) -> dict[str, str]:  # noqa: ARG002 - for kinds to use
        """Return a sentence by option where options that are good alone do not go together, or lead astray."""
        return {}

    def filled(self, options: Mapping[str, Value]) -> dict[str, Value]:
        """Return every option: those stored before an option was thought of have its default."""
        return {option.name: options.get(option.name, option.default) for option in self.options}

    async def run(self, target: str, options: Mapping[str, Value], *, timeout: float, tools: Tools) -> Outcome:
        """Check once, within ``timeout`` seconds. Never raises: what goes wrong is the outcome."""
        check = Check(target.strip(), self.filled(options), timeout, tools)
        try:
            async with asyncio.timeout(timeout + LAST_WORD):
                return await self.ask(check)
        except Failure as failure:
            return failed(failure.code, failure.detail)
        except TimeoutError:
            return failed("timeout", f"No answer within {timeout:g} s.")
        except Exception:
            # Not the target: an address may hold a secret.
            log.exception("check_broke", kind=self.kind)
            return failed("internal_error", "The check itself broke; the log of the worker says how.")

    @abstractmethod
    async def ask(self, check: Check) -> Outcome:
        """Ask the target. May raise ``Failure``, ``TimeoutError``, and whatever else went wrong."""
