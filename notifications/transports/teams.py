"""Microsoft Teams, by the webhook of a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notifications.transports import calls, replies
from notifications.transports.outcome import Outcome, Parcel
from notifications.transports.transport import Transport
from services.probes.options import Option

if TYPE_CHECKING:
    from notifications.transports.outside import Outside

# A message may have 28 KB in all; four bytes a character leave room for the frame.
HEADING, TEXT = 400, 5000


class Teams(Transport):
    """Posts an Adaptive Card, which the template “When a Teams webhook request is received” shows."""

    kind = "teams"
    label = "Microsoft Teams"
    about = "A channel or chat in Teams, by a workflow that waits for a webhook request."
    options = (
        Option(
            "url",
            "URL of the workflow",
            "text",
            default="",
            help="From the channel's “Workflows”, template “Send webhook alerts to a channel”.",
            required=True,
            secret=True,
            max=2048,
        ),
    )

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Post the card."""
        return replies.outcome(await calls.post(outside, parcel.address, message(parcel)))


def message(parcel: Parcel) -> dict[str, Any]:
    """Return the message with its one card."""
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            {"type": "TextBlock", "text": _plain(calls.heading(parcel, HEADING)), "weight": "bolder", "wrap": True},
            {"type": "TextBlock", "text": _plain(calls.text(parcel, TEXT)), "wrap": True},
        ],
    }
    if url := parcel.words.facts.get("url"):
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Read on", "url": url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _plain(text: str) -> str:
    """A text block reads some Markdown: single line breaks would be lost."""
    return text.replace("\n", "\n\n").replace("\n\n\n\n", "\n\n")
