"""What an address is told about its own subscription. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from notifications.transports.outcome import Words
from notifications.wording.facts import Place
from notifications.wording.sheet import Sheet

KIND: Final = "CONFIRMATION"
# Filled in for each recipient, when it is sent.
CONFIRM_URL: Final = "{{confirm_url}}"


def confirmation(place: Place, wish: str, at: datetime, *, hours: int = 48) -> Words:
    """Return the words that ask "is it you?"; ``wish`` says what was asked for: ``every incident and maintenance``.

    The link is ``{{confirm_url}}``. It holds for ``hours``. Nothing that a stranger typed stands in it.
    """
    lead = (
        f"Somebody asked {place.name} to send this address messages about {wish}. "
        f"Was it you? Nothing more is sent unless you say yes within {hours} hours."
    )
    return Sheet(
        kind=KIND,
        heading=f"Please confirm: messages from {place.name}",
        at=at,
        lead=lead,
        link=("Yes, send me these messages", CONFIRM_URL),
        facts={"title": f"Please confirm: messages from {place.name}", "confirm_url": CONFIRM_URL},
    ).words()
