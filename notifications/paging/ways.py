"""The way by which a delivery reaches its person, as it is now: an address is never stored with a message."""

from __future__ import annotations

from accounts.models import User
from notifications.models import Delivery
from notifications.models.addressing import way_of
from oncall.models import ContactWay
from oncall.models.way import ADDRESS
from oncall.reach import ACCOUNT, Way, ways_of


def usable(user: User, key: str) -> Way | None:
    """Return a way of somebody that pages may go by; ``None`` if it is removed, off, or not verified.

    What was meant for the address of the account goes there, too, if a way of their own was verified meanwhile.
    """
    found = next((way for way in ways_of(user) if way.key == key), None)
    if found is None and key == ACCOUNT and user.is_active and user.email:
        return Way(ACCOUNT, ContactWay.Carrier.EMAIL.value, user.email, 0, "")
    return found


def unverified(user: User, key: str) -> Way | None:
    """Return a way whose reader is still to be asked; ``None`` if there is no such way any more."""
    row = next((row for row in user.contact_ways.all() if str(row.pk) == key and row.verified_at is None), None)
    held = row.held() if row else {}
    address = held.pop(ADDRESS, "")
    return Way(str(row.pk), row.kind, address, 0, str(row), held) if row and address else None


def called(delivery: Delivery) -> str:
    """Return what the person calls the way by which a delivery goes; empty where it is no way of anybody's own."""
    key = way_of(delivery.recipient) if delivery.to_person else ACCOUNT
    row = None if key == ACCOUNT else ContactWay.objects.filter(pk=key).first()
    return str(row) if row else ""
