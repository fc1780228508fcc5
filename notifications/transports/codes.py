"""Why a message did not go through: fixed words, a sentence each. What the other side wrote stands in none. Pure."""

from __future__ import annotations

from typing import Final

import outbound

CODES: Final[dict[str, str]] = {
    **outbound.CODES,
    "gone": "It says that it is gone for good.",
    "unauthorized": "It refuses our sign-in: the token, the password or the address is wrong, or was withdrawn.",
    "not_found": "It knows no such place: the address is wrong, or was withdrawn.",
    "rejected": "It does not take this message.",
    "recipient_refused": "It does not deliver to this recipient.",
    "throttled": "It asks us to slow down.",
    "deferred": "The mail server put it off.",
    "turned_away": "The mail server turns us away.",
    "gave_up": "Its worker ended in the middle of every attempt.",
    "server_error": "The other side answers that it has a fault.",
    "redirected": "It redirects. Messages follow no redirect: enter the address that it leads to.",
    "unexpected_status": "It answered with a status that we do not understand.",
    "not_set_up": "The channel is not set up: something that it needs is missing, or cannot be read.",
    "no_words": "This format has no words for what the message tells.",
    "unknown_kind": "This release knows no such kind of channel.",
    "internal_error": "Sending itself broke, which is a fault of OpStatus; the worker's log says how.",
}
