"""Which names of time zones are taken."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def zones() -> frozenset[str]:
    """Return the names of time zones; to find them takes a walk through hundreds of files.

    Without those that mean something else, or nothing, on another machine.
    """
    return frozenset(available_timezones() - {"Factory", "localtime"})


def validate_timezone(value: str) -> None:
    """Refuse what is not an IANA time zone name; raises ``ValidationError``."""
    if value not in zones():
        raise ValidationError(_("“%(value)s” is not a time zone."), code="timezone", params={"value": value})
