"""What an address is told that is asked for once more, and is told everything already. Pure."""

from __future__ import annotations

from datetime import datetime

from notifications.transports.outcome import Words
from notifications.wording.asking import KIND
from notifications.wording.facts import Place
from notifications.wording.sheet import Sheet

# Filled in for each recipient, when it is sent.
MANAGE_URL = "{{manage_url}}"


def known(place: Place, wish: str, at: datetime) -> Words:
    """Return the words for an address that is subscribed already to ``wish``; nothing has changed by asking again."""
    heading = f"You are subscribed already: messages from {place.name}"
    lead = (
        f"Somebody asked {place.name} once more to send messages to this address. It is sent messages "
        f"about {wish} already, so nothing has changed. If it was not you, ignore this message."
    )
    link = ("Change what you are sent, or end it", MANAGE_URL)
    return Sheet(kind=KIND, heading=heading, at=at, lead=lead, link=link, facts={"title": heading}).words()
