"""The mail server of the settings: connections that stay open, and what its answers mean."""

from __future__ import annotations

import asyncio
import time
from email import message_from_bytes
from email.message import Message
from email.policy import SMTP
from typing import Final
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage

from notifications.sending.answers import failed_to_reach, meaning
from notifications.transports.outcome import SENT, Nature, Outcome
from notifications.transports.outside import Mailer
from notifications.transports.transport import failed
from outbound import Failure, Guard, Networks
from outbound.smtp import Connection, Declined, MailServer

log = structlog.get_logger(__name__)

# In seconds: to open a connection, and to hand over one mail.
OPENING: Final = 10.0
SENDING: Final = 20.0
# A connection that has been quiet for as long may have been closed by the other side.
IDLE: Final = 15.0
# Folded anew, the address of one-click leaving would come out encoded.
_AS_IT_IS: Final = SMTP.clone(refold_source="none")
SMTP_BACKEND: Final = "django.core.mail.backends.smtp.EmailBackend"


def mailer() -> Mailer:
    """Return what hands over mails as ``EMAIL_URL`` says: to a server, or to a folder."""
    return SmtpMailer(server()) if settings.EMAIL_BACKEND == SMTP_BACKEND else DjangoMailer()


def server() -> MailServer:
    """Return the mail server of the settings."""
    security = "tls" if settings.EMAIL_USE_SSL else "starttls" if settings.EMAIL_USE_TLS else "none"
    return MailServer(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        security=security,
        user=settings.EMAIL_HOST_USER or "",
        password=settings.EMAIL_HOST_PASSWORD or "",
        name=urlsplit(settings.SITE_URL).hostname or "localhost",
    )


class SmtpMailer:
    """Hands mails to a server. Never raises."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        # Whoever sets the product up has named the server: it may stand anywhere.
        self._guard = Guard(Networks.parse("all,169.254.0.0/16"))
        self._idle: list[tuple[Connection, float]] = []

    async def send(self, sender: str, recipient: str, message: bytes) -> Outcome:
        """Hand over one mail."""
        connection = self._idle_one()
        if connection is not None:
            outcome = await self._hand_over(connection, sender, recipient, message, used=True)
            if outcome is not None:
                return outcome
        try:
            async with asyncio.timeout(OPENING):
                connection = await Connection.open(self.server, self._guard, timeout=OPENING)
        except Declined as declined:
            return meaning(declined)
        except Failure as failure:
            return failed_to_reach(failure)
        except TimeoutError:
            return failed("timeout", "The mail server did not greet in time.", nature=Nature.CHANNEL)
        outcome = await self._hand_over(connection, sender, recipient, message)
        return outcome or failed("connection_closed", "The mail server hung up.", nature=Nature.CHANNEL)

    async def close(self) -> None:
        """Leave the server."""
        for connection, _ in self._idle:
            connection.close()
        self._idle.clear()

    def _idle_one(self) -> Connection | None:
        while self._idle:
            connection, since = self._idle.pop()
            if connection.is_open and time.monotonic() - since < IDLE:
                return connection
            connection.close()
        return None

    async def _hand_over(
        self, connection: Connection, sender: str, recipient: str, message: bytes, *, used: bool = False
    ) -> Outcome | None:
        """Send over this connection, and keep it if it is still good.

        ``None`` means that the server had left before the mail was out: then it certainly was not taken. A 421 on a
        ``used`` connection is the good-bye of a server that is well: it may have stood there before we began.
        """
        try:
            async with asyncio.timeout(SENDING):
                await connection.send(sender, recipient, message)
        except Declined as declined:
            await self._after(connection, declined)
            left = used and declined.code == 421 and not connection.is_out
            return None if left else meaning(declined)
        # It is an OSError, too, but says another thing.
        except TimeoutError:
            connection.close()
            return failed("too_slow", "The mail server began to answer, and did not end in time.")
        except (Failure, OSError):
            connection.close()
            return failed("connection_closed", LOST) if connection.is_out else None
        except BaseException:
            connection.close()
            raise
        self._keep(connection)
        return SENT

    async def _after(self, connection: Connection, declined: Declined) -> None:
        """Make the connection good for the next mail, or leave."""
        try:
            if declined.code != 421:
                async with asyncio.timeout(OPENING):
                    await connection.reset()
                self._keep(connection)
                return
        except (Declined, Failure, OSError, TimeoutError):
            pass
        connection.close()

    def _keep(self, connection: Connection) -> None:
        self._idle.append((connection, time.monotonic()))


LOST: Final = "The mail server hung up before it said whether it has the mail."


class DjangoMailer:
    """Hands mails to the other backends of Django: a folder, the terminal, the memory of a test."""

    async def send(self, sender: str, recipient: str, message: bytes) -> Outcome:
        """Hand over one mail."""
        return await asyncio.to_thread(self._send, sender, recipient, message)

    async def close(self) -> None:
        """There is nothing to close."""

    def _send(self, sender: str, recipient: str, message: bytes) -> Outcome:
        try:
            get_connection().send_messages([Finished(sender, recipient, message)])
        except OSError as error:
            log.warning("mail_not_written", error=str(error))
            return failed("unreachable", "The mail could not be written to its folder.", nature=Nature.CHANNEL)
        return SENT


class Finished(EmailMessage):
    """A mail that is written already, as Django's backends take it."""

    def __init__(self, sender: str, recipient: str, message: bytes) -> None:
        self.whole = message_from_bytes(message, policy=_AS_IT_IS)
        super().__init__(subject=str(self.whole["Subject"]), from_email=sender, to=[recipient])
        plain = self.whole.get_body(("plain",))
        self.body = plain.get_content() if plain else ""

    def message(self) -> Message:  # type: ignore[override]  # Django's own class of the same shape
        """Return it as it is."""
        return self.whole
