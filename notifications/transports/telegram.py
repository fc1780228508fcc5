"""Telegram, by a bot that is a member of the chat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from notifications.transports import calls, replies
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.transport import Transport
from outbound import Refused
from services.probes.options import Option, Value

if TYPE_CHECKING:
    from notifications.transports.outside import Outside
    from outbound import Guard, Reply

# https://core.telegram.org/bots/api#sendmessage
LONGEST = 4096
# A bot that was blocked or thrown out cannot come back by itself.
_MEANINGS: replies.Meanings = {403: ("recipient_refused", Nature.RECIPIENT)}


def _chat(text: str) -> None:
    if not (text.removeprefix("-").isdecimal() or (text.startswith("@") and len(text) > 1)) or not text.isascii():
        raise ValueError("Write the number of the chat, such as -1001234567890, or @ and the name of a public channel.")


def _token(text: str) -> None:
    number, colon, secret = text.partition(":")
    if not colon or not number.isdecimal() or not secret.replace("-", "").replace("_", "").isalnum():
        raise ValueError("Write the token as BotFather gave it: a number, a colon, letters and digits.")


class Telegram(Transport):
    """Calls ``sendMessage`` of the Bot API."""

    kind = "telegram"
    label = "Telegram"
    about = "A chat, group or channel in Telegram, by a bot that is a member of it."
    where = "chat_id"
    options = (
        Option("token", "Token of the bot", "text", default="", required=True, secret=True, max=200, check=_token),
        Option(
            "chat_id",
            "Chat",
            "text",
            default="",
            help="The number of the chat, or @ and the name of a public channel.",
            required=True,
            max=64,
            check=_chat,
        ),
        Option(
            "topic", "Topic", "integer", default=0, help="The number of a topic in a group that has topics; 0: none."
        ),
        Option(
            "url",
            "Address of the Bot API",
            "text",
            default="https://api.telegram.org",
            help="Another one only where you run a server of the Bot API yourself.",
            max=500,
        ),
    )

    def agree(self, options: Mapping[str, Value], guard: Guard) -> dict[str, str]:
        """Say what is wrong with the address of the API."""
        try:
            guard.check_url(str(options["url"]))
        except Refused as refused:
            return {"url": refused.detail}
        return {}

    def target(self, address: str) -> str:
        """Return the chat: the API slows down each by itself."""
        return f"telegram:{address}"

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Send plain text: nothing that somebody wrote is taken for markup."""
        options = self.filled(parcel.options)
        url = f"{str(options['url']).rstrip('/')}/bot{parcel.secrets['token']}/sendMessage"
        reply = await calls.post(outside, url, message(parcel, int(options["topic"])))
        return _judged(replies.outcome(reply, _MEANINGS), reply)


def message(parcel: Parcel, topic: int) -> dict[str, Any]:
    """Return the body of the call."""
    head = calls.heading(parcel, LONGEST // 4)
    found: dict[str, Any] = {
        "chat_id": parcel.address,
        "text": f"{head}\n\n{calls.text(parcel, LONGEST - len(head) - 2)}",
        "link_preview_options": {"is_disabled": True},
    }
    return {**found, "message_thread_id": topic} if topic else found


def _judged(outcome: Outcome, reply: Reply) -> Outcome:
    """Return the outcome with what only the body says: how long to wait, or that there is no such chat."""
    try:
        said = json.loads(reply.body)
        if reply.status == 429:
            return replace(outcome, retry_after=replies.bounded(float(said["parameters"]["retry_after"])))
        if reply.status == 400 and "chat" in str(said["description"]).lower():
            return replace(outcome, code="recipient_refused", nature=Nature.RECIPIENT)
    except (ValueError, TypeError, KeyError, RecursionError):
        return outcome
    return outcome
