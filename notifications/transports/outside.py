"""What a transport works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from notifications.transports.outcome import Outcome

if TYPE_CHECKING:
    from outbound import Client


class Mailer(Protocol):
    """Hands mails to the mail server of the settings, over connections that stay open."""

    async def send(self, sender: str, recipient: str, message: bytes) -> Outcome:
        """Hand over one mail, whole as it travels (CRLF). Never raises; what the server's codes mean is the outcome."""

    async def close(self) -> None:
        """Leave the server."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The ways out. ``http`` is guarded for whom the parcel is for: an operator's channel or somebody outside."""

    http: Client
    mailer: Mailer
