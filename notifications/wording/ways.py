"""What is sent to an address that somebody wants to be called in by. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from notifications.transports.outcome import Words
from notifications.wording.facts import Place
from notifications.wording.sheet import Sheet

KIND: Final = "CONTACT_WAY_CHECK"
# Filled in for each recipient, when it is sent.
VERIFY_URL: Final = "{{verify_url}}"


def is_it_yours(place: Place, person: str, at: datetime, *, hours: int) -> Words:
    """Return the words that ask whoever reads the address whether it is ``person``'s. The link holds for ``hours``."""
    heading = f"Is this yours? Pages from {place.name}"
    lead = (
        f"{person} wants {place.name} to send pages here when on call. Nothing more is sent unless you say yes within "
        f"{hours} hours. If you are not {person}, ignore this message."
    )
    return Sheet(
        kind=KIND,
        heading=heading,
        at=at,
        lead=lead,
        link=("Yes, page me here", VERIFY_URL),
        facts={"title": heading, "person": person, "verify_url": VERIFY_URL},
    ).words()
