"""Where no mail is expected."""

from __future__ import annotations

from notifications.transports.outcome import Outcome


class NoMail:
    """A mailer that nobody should ask."""

    async def send(self, sender: str, recipient: str, message: bytes) -> Outcome:
        raise AssertionError(f"A mail went to {recipient}.")

    async def close(self) -> None:
        """Nothing was opened."""
