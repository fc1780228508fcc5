"""How often may be asked: by one caller, and for one mailbox or machine."""

from __future__ import annotations

import hashlib
import time
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext

from accounts.client import network_of
from accounts.limits import count
from notifications.addresses import host, inbox
from notifications.kinds import Way
from notifications.links import Reader

HOUR: Final = 3600
DAY: Final = 24 * HOUR
# An office may hide behind one address; a machine may be the door of many endpoints.
OF_CALLER: Final = 30
OF_INBOX: Final = 3
OF_INBOX_A_DAY: Final = 8
OF_HOST: Final = 60


class TooOften(Exception):
    """The caller has asked too often. ``wait`` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(gettext("You have asked too often. Try again later."))
        self.wait = wait


def admit(request: HttpRequest) -> None:
    """Count this call; raises :class:`TooOften`."""
    now = time.time()
    if count(f"asks:{network_of(request)}", HOUR, now) > OF_CALLER:
        raise TooOften(int(HOUR - now % HOUR) + 1)


def may_be_asked(reader: Reader) -> bool:
    """Count a message to this address and say whether it may go.

    The caller is not told: the answer must be the same for every address.
    """
    now = time.time()
    if reader.way is Way.EMAIL:
        key = _key(inbox(reader.address))
        hourly = count(f"asked:{key}", HOUR, now) <= OF_INBOX
        return count(f"asked-a-day:{key}", DAY, now) <= OF_INBOX_A_DAY and hourly
    mine = count(f"asked:{_key(reader.address)}", HOUR, now) <= OF_INBOX
    if reader.way is Way.BROWSER:
        # Everybody's browsers stand behind the doors of a few push services.
        return mine
    return count(f"asked-host:{_key(host(reader.address))}", HOUR, now) <= OF_HOST and mine


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
