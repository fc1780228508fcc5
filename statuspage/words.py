"""Words that strangers put into addresses, made harmless and each in one spelling. Pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs

_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# More parameters than these are no question of good will.
_MOST: Final = 50


def asked(query: str, name: str, most: int) -> str:
    """Return the last value of a parameter as one line of at most so many characters; nothing without one."""
    found = parse_qs(query, max_num_fields=_MOST).get(name, [""]) if query.count("&") < _MOST else [""]
    return " ".join(_FORBIDDEN.sub(" ", found[-1]).split())[:most].strip()
