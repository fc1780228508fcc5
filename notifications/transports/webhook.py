"""Webhooks in our own JSON (``docs/webhooks.md``), signed as Standard Webhooks says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from notifications.transports import calls, replies, signing
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.transport import Transport
from services.probes.options import Option

if TYPE_CHECKING:
    from notifications.transports.outside import Outside

URL = Option(
    "url",
    "Address",
    "text",
    default="",
    help="Where each message is sent to, by POST. Redirects are not followed.",
    required=True,
    max=2048,
)
# Whoever owns the address may be mending it: these come back by themselves more often than not.
PATIENT: replies.Meanings = {
    401: ("unauthorized", Nature.LATER),
    403: ("unauthorized", Nature.LATER),
    404: ("not_found", Nature.LATER),
}


class Webhook(Transport):
    """Posts JSON to an address."""

    kind = "webhook"
    label = "Webhook"
    about = "JSON by POST to an address of yours, signed, so that the receiver knows who sent it."
    options = (URL,)
    signs = True

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Post; a repetition has the same ``webhook-id``."""
        body = calls.as_json(payload(parcel))
        now = datetime.now(UTC)
        signed = signing.headers(str(parcel.delivery), now, body, signing.valid(parcel.secrets, now))
        reply = await calls.send(outside, parcel.address, body, "application/json", signed)
        return replies.outcome(reply, PATIENT)


def payload(parcel: Parcel) -> dict[str, Any]:
    """Return what is sent; ``docs/webhooks.md`` describes it field by field."""
    words = parcel.words
    links = {"manage_url": parcel.manage_url, "unsubscribe_url": parcel.leave_url}
    return {
        "type": words.kind,
        "timestamp": words.at,
        "test": parcel.test,
        "subject": words.subject,
        "text": words.short,
        "data": dict(words.facts),
        **{name: url for name, url in links.items() if url},
    }
