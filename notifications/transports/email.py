"""Email, by the mail server of the settings (``EMAIL_URL``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from notifications import addresses
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.transport import Transport, failed
from services.probes.options import Option, Value

if TYPE_CHECKING:
    from notifications.transports.outside import Outside
    from outbound import Guard

# In seconds: opening a connection and handing over, both at their slowest.
TIMEOUT = 32.0


class Email(Transport):
    """Writes a mail with text and HTML; subscribers' mails say how to leave."""

    kind = "email"
    label = "Email"
    about = "A mail to one address, a mailing list perhaps, by the mail server of this installation."
    options = (
        Option(
            "address",
            "Address",
            "text",
            default="",
            help="One mailbox or list, as in operations@example.com.",
            required=True,
            max=addresses.LONGEST_EMAIL,
            check=addresses.email,
        ),
    )
    where = "address"
    timeout = TIMEOUT

    def agree(self, options: Mapping[str, Value], guard: Guard) -> dict[str, str]:  # noqa: ARG002 - a mail has no URL
        """Find nothing wrong: the option has been checked."""
        return {}

    def target(self, address: str) -> str:  # noqa: ARG002 - all mails go through one server
        """Return what must not be overrun: the mail server."""
        return "mail"

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Hand it over; a repetition has the same ``Message-ID``."""
        # Only who sends mail needs templates.
        from notifications.mail.headers import mailbox, sender
        from notifications.mail.message import build

        try:
            recipient = mailbox(parcel.address).addr_spec
            message = build(parcel, datetime.now(UTC))
        except ValueError:
            return failed("recipient_refused", "This is no address that mail can be sent to.", nature=Nature.RECIPIENT)
        return await outside.mailer.send(sender().addr_spec, recipient, message)
