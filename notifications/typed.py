"""What people type, read into what the rows hold."""

from __future__ import annotations

from notifications.addresses import UnusableAddress, one_form
from notifications.kinds import Way
from notifications.links import Reader
from notifications.reach import FOR_STRANGERS, FOR_SUBSCRIBERS, outsiders_guard
from outbound.failures import Refused


def reader(way: Way, text: str, *, inside: bool = False) -> Reader:
    """Return whose address this is; raises ``UnusableAddress`` with a sentence, also where nobody may be sent to.

    The sentence names a setting only where one of ours is ``inside`` and typed it.
    """
    address = one_form(way, text)
    if way is not Way.EMAIL:
        try:
            outsiders_guard(FOR_SUBSCRIBERS if inside else FOR_STRANGERS).check_url(address)
        except Refused as refused:
            raise UnusableAddress(refused.detail) from None
    return Reader(way, address)
