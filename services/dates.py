"""Dates and times in the language of whoever reads: in its order, with its names of months. Pure as ``saying`` is.

The clock is that of the value: who wants another zone brings it there before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext

from services.saying import language

# ``moment`` 2 Mar 2026, 13:00; ``instant`` the same without the comma; ``day`` 2 Mar 2026; ``whole`` 2 March 2026;
# ``short`` 2 Mar; ``hour`` 2 Mar 13:00; ``month`` March 2026.
Form: TypeAlias = Literal["moment", "instant", "day", "whole", "short", "hour", "month"]


def said(at: date, form: Form) -> str:
    """Return a date or a time in words."""
    # Two clocks that show one instant are equal to the memory below, and are not to be read as each other.
    return _said(language(), at.replace(tzinfo=None) if isinstance(at, datetime) else at, form)


@lru_cache(maxsize=4096)
def _said(spoken: str, at: date, form: Form) -> str:
    return str(formatted(at, _forms(spoken)[form]))


@cache
def _forms(_spoken: str) -> Mapping[Form, str]:
    """Return what Django's ``date`` filter would be told."""
    return {
        "moment": pgettext("date format", "j M Y, H:i"),
        "instant": pgettext("date format", "j M Y H:i"),
        "day": pgettext("date format", "j M Y"),
        "whole": pgettext("date format", "j F Y"),
        "short": pgettext("date format", "j M"),
        "hour": pgettext("date format", "j M H:i"),
        "month": pgettext("date format", "F Y"),
    }
