"""What every way to a recipient is, and the frame in which each try runs."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import structlog

from notifications.transports.codes import CODES
from notifications.transports.outcome import Nature, Outcome, Parcel
from outbound import Failure, Refused
from outbound.urls import read
from services.probes.options import Option, Value

if TYPE_CHECKING:
    from notifications.transports.outside import Outside
    from outbound import Guard

log = structlog.get_logger(__name__)

# In seconds, for all of one try.
TIMEOUT: Final = 15.0
# As long as the column that keeps it.
DETAIL: Final = 300


class Transport(ABC):
    """One way. ``about`` is a sentence; ``where`` names the option that says where it goes.

    ``for_channels`` is false where only visitors can ask for it; ``signs`` where we make a secret that it signs with.
    """

    kind: ClassVar[str]
    label: ClassVar[str]
    about: ClassVar[str]
    options: ClassVar[tuple[Option, ...]] = ()
    where: ClassVar[str] = "url"
    for_channels: ClassVar[bool] = True
    signs: ClassVar[bool] = False
    timeout: ClassVar[float] = TIMEOUT

    def agree(self, options: Mapping[str, Value], guard: Guard) -> dict[str, str]:
        """Return a sentence by option where options that are good alone do not go together, or lead astray."""
        url = str(options.get("url", ""))
        if not url:
            return {}
        try:
            guard.check_url(url)
        except Refused as refused:
            return {"url": refused.detail}
        return {}

    def target(self, address: str) -> str:
        """Return what must not be overrun: the host that ``address`` leads to."""
        try:
            return read(address).host
        except Refused:
            return self.kind

    def has_words(self, kind: str) -> bool:  # noqa: ARG002 - for formats that are narrower
        """Say whether its format can tell of this kind of event."""
        return True

    def filled(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return every option: those stored before an option was thought of have its default."""
        return {option.name: options.get(option.name, option.default) for option in self.options}

    async def send(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Try once. Never raises: what goes wrong is the outcome."""
        try:
            async with asyncio.timeout(self.timeout + 1):
                return await self.hand_over(parcel, outside)
        except Failure as failure:
            return failed(failure.code, failure.detail, nature=_nature(failure))
        except TimeoutError:
            return failed("timeout")
        except Exception:
            # Not the address: it may hold a secret.
            log.exception("message_broke", kind=self.kind, delivery=str(parcel.delivery))
            return failed("internal_error", nature=Nature.MESSAGE)

    @abstractmethod
    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Try once. May raise ``Failure``, ``TimeoutError``, and whatever else went wrong."""


def failed(code: str, reason: str = "", *, nature: Nature = Nature.LATER, retry_after: float | None = None) -> Outcome:
    """Return a failure; without a reason of its own it has its code's sentence."""
    return Outcome(False, code, (reason or CODES[code])[:DETAIL], nature, retry_after)


def _nature(failure: Failure) -> Nature:
    """What cannot be asked at all is not asked again."""
    return Nature.MESSAGE if failure.code in {"bad_url", "bad_request", "refused_address"} else Nature.LATER
