"""Slack, and what takes its incoming webhooks: Mattermost, Rocket.Chat, Zulip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notifications.transports import calls, replies
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.transport import Transport
from services.probes.options import Option

if TYPE_CHECKING:
    from notifications.transports.outside import Outside

# https://docs.slack.dev/reference/block-kit/blocks: what a header and a section hold.
HEADER, SECTION = 150, 3000
# https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: a channel that was archived is gone.
_MEANINGS: replies.Meanings = {410: ("gone", Nature.RECIPIENT)}


class Slack(Transport):
    """Posts to an incoming webhook."""

    kind = "slack"
    label = "Slack"
    about = "A channel in Slack, by the address of an incoming webhook. Mattermost and Rocket.Chat take the same."
    options = (
        Option(
            "url",
            "Webhook URL",
            "text",
            default="",
            help="From your app's “Incoming Webhooks”: https://hooks.slack.com/services/… Whoever has it can post.",
            required=True,
            secret=True,
            max=2048,
        ),
    )

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Post a header and a section; ``text`` is what notifications and screen readers say."""
        return replies.outcome(await calls.post(outside, parcel.address, message(parcel)), _MEANINGS)


def message(parcel: Parcel) -> dict[str, Any]:
    """Return the blocks."""
    heading = calls.heading(parcel, HEADER)
    section = {"type": "mrkdwn", "text": _escaped(calls.text(parcel, SECTION), SECTION), "verbatim": True}
    return {
        "text": _escaped(calls.line(parcel, SECTION), SECTION),
        "unfurl_links": False,
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": heading, "emoji": False}},
            {"type": "section", "text": section},
        ],
    }


def _escaped(text: str, most: int) -> str:
    """Nothing in it calls ``@channel`` or makes a link of its own; no entity is cut in two."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    while len(escaped) > most:
        text = calls.cut(text, len(text) - max(1, (len(escaped) - most) // 5))
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped
