"""Discord, by the webhook of a channel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from notifications.transports import calls, replies
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.transport import Transport
from services.probes.options import Option

if TYPE_CHECKING:
    from notifications.transports.outside import Outside
    from outbound import Reply

# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
TITLE, DESCRIPTION = 256, 4096
# A webhook that was deleted never comes back.
_MEANINGS: replies.Meanings = {404: ("gone", Nature.RECIPIENT)}


class Discord(Transport):
    """Executes a webhook, and waits until the message stands."""

    kind = "discord"
    label = "Discord"
    about = "A channel in Discord, by the address of its webhook."
    options = (
        Option(
            "url",
            "Webhook URL",
            "text",
            default="",
            help="From the channel's settings, “Integrations”: https://discord.com/api/webhooks/…",
            required=True,
            secret=True,
            max=2048,
        ),
    )

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Post one embed."""
        joint = "&" if "?" in parcel.address else "?"
        reply = await calls.post(outside, f"{parcel.address}{joint}wait=true", message(parcel))
        return waiting(replies.outcome(reply, _MEANINGS), reply)


def message(parcel: Parcel) -> dict[str, Any]:
    """Return the embed; nobody is pinged by what it says."""
    embed: dict[str, Any] = {
        "title": calls.heading(parcel, TITLE),
        "description": calls.text(parcel, DESCRIPTION),
        "timestamp": parcel.words.at.isoformat(),
    }
    if url := parcel.words.facts.get("url"):
        embed["url"] = url
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def waiting(outcome: Outcome, reply: Reply) -> Outcome:
    """Return the outcome with the wait that the body of a 429 names, in seconds: it is finer than the header's."""
    from dataclasses import replace

    wait = _wait(reply) if reply.status == 429 else None
    return outcome if wait is None else replace(outcome, retry_after=wait)


def _wait(reply: Reply) -> float | None:
    try:
        said = json.loads(reply.body)
        return replies.bounded(float(said["retry_after"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
