"""The address that somebody gives to be reached at (``PAGING_ADDRESSES``)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from notifications import addresses
from notifications.reach import operators_guard
from notifications.transports import apprise, signing
from notifications.transports.clean import clean
from notifications.transports.kinds import KINDS

OFFERED = ("email", "webhook", "apprise")
Checked = tuple[str, str, dict[str, str]]


def checked(kind: str, text: str) -> Checked:
    """Return the address in its one form, what may be shown of it, and what its messages are signed with.

    Raises ``ValidationError`` for ``kind`` or ``address``.
    """
    if kind not in OFFERED:
        raise ValidationError({"kind": f"Choose one of {', '.join(OFFERED)}."})
    transport = KINDS[kind]
    try:
        cleaned = clean(kind, {transport.where: text}, operators_guard(), was={}, held={})
    except ValidationError as error:
        raise ValidationError({"address": error.messages}) from None
    address = str({**cleaned.options, **cleaned.secrets}[transport.where])
    address = addresses.email(address) if kind == "email" else address
    return address, _shown(kind, address), {signing.NOW: signing.new_secret()} if transport.signs else {}


def _shown(kind: str, address: str) -> str:
    if kind == "apprise":
        return f"{apprise.schema_of(address)}://…"
    return addresses.masked(kind, address)
