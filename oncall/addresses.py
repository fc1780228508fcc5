"""Whether somewhere can be reached at all, which another room knows: it has the ways there."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its one form, what may be shown of it, and what messages there are signed with."""

    text: str
    shown: str
    secrets: dict[str, str] = field(default_factory=dict)


def checked(kind: str, text: str) -> Address:
    """Return the address of a contact way. Raises ``ValidationError`` for ``kind`` or ``address``."""
    address, shown, secrets = import_string(settings.PAGING_ADDRESSES)(kind, text)
    return Address(address, shown, secrets)
