"""SMS, by an HTTP API in the manner of Twilio's."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from notifications.transports import calls, replies
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.transport import Transport, failed
from services.probes.options import Option

if TYPE_CHECKING:
    from notifications.transports.outside import Outside
    from outbound import Reply

# Ten segments, which is what the API takes (https://www.twilio.com/docs/api/errors/21617); three say enough.
LONGEST: Final = 459
# https://www.twilio.com/docs/api/errors: no such number, blocked region, unsubscribed, not a mobile.
_RECIPIENT: Final = frozenset({21211, 21408, 21610, 21612, 21614})
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def _number(text: str) -> None:
    if not _E164.fullmatch(text):
        raise ValueError("Write the number with its country, such as +491701234567, without blanks.")


def _sender(text: str) -> None:
    if not _E164.fullmatch(text) and not (text.isascii() and text.isalnum() and len(text) <= 34):
        raise ValueError("Write a number with its country, up to 11 letters and digits, or the id of a service (MG…).")


class Sms(Transport):
    """Creates a message at the API; one telephone each."""

    kind = "sms"
    label = "SMS"
    about = "A text message to one telephone, by Twilio or a service with the same API."
    where = "to"
    options = (
        Option("to", "To", "text", default="", help="One number.", required=True, max=20, check=_number),
        Option(
            "sender",
            "From",
            "text",
            default="",
            help="A number or a name that the service has given you, or the id of a messaging service.",
            required=True,
            max=34,
            check=_sender,
        ),
        Option("account", "Account SID", "text", default="", required=True, max=64),
        Option("token", "Auth token", "text", default="", required=True, secret=True, max=200),
        Option(
            "url",
            "Address of the API",
            "text",
            default="https://api.twilio.com",
            help="Another one for a service that speaks as Twilio does.",
            max=500,
        ),
    )

    def target(self, address: str) -> str:
        """Return the telephone."""
        return f"sms:{address}"

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Post a form, signed in with account and token."""
        options = self.filled(parcel.options)
        account = str(options["account"])
        url = f"{str(options['url']).rstrip('/')}/2010-04-01/Accounts/{quote(account, safe='')}/Messages.json"
        signed_in = base64.b64encode(f"{account}:{parcel.secrets['token']}".encode()).decode("ascii")
        body = urlencode(form(parcel, str(options["sender"]))).encode("ascii")
        headers = {"Authorization": f"Basic {signed_in}", "Accept": "application/json"}
        reply = await calls.send(outside, url, body, "application/x-www-form-urlencoded", headers)
        return _judged(reply)


def form(parcel: Parcel, sender: str) -> dict[str, str]:
    """Return the fields of the form."""
    by = "MessagingServiceSid" if sender.startswith("MG") and len(sender) == 34 else "From"
    return {"To": parcel.address, by: sender, "Body": calls.line(parcel, LONGEST)}


def _judged(reply: Reply) -> Outcome:
    if reply.status == 400 and _code(reply) in _RECIPIENT:
        return failed("recipient_refused", nature=Nature.RECIPIENT)
    return replies.outcome(reply)


def _code(reply: Reply) -> int:
    try:
        return int(json.loads(reply.body)["code"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return 0
