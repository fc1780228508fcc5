"""What people type, read into what the rows hold."""

from __future__ import annotations

from notifications.addresses import UnusableAddress, one_form
from notifications.kinds import Way
from notifications.links import Reader
from notifications.reach import outsiders_guard
from outbound.failures import Refused


def reader(way: Way, text: str) -> Reader:
    """Return whose address this is; raises ``UnusableAddress`` with a sentence, also where nobody may be sent to."""
    address = one_form(way, text)
    if way is not Way.EMAIL:
        try:
            outsiders_guard().check_url(address)
        except Refused as refused:
            raise UnusableAddress(refused.detail) from None
    return Reader(way, address)
