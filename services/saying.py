"""How lists and numbers are said in the language of whoever reads. Pure, but for asking which language that is.

Words come from ``locale/``. English stands in the code, and is spoken wherever nobody has said otherwise: only what the
public reads is in other languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache, reduce

from django.utils.translation import get_language, gettext, pgettext


def language() -> str:
    """Return the code of the language that is spoken now."""
    return get_language() or ""


def listed(parts: Sequence[str]) -> str:
    """Return parts as a list: ``A, B, C``."""
    pattern = pgettext("list", "%(first)s, %(next)s")
    return reduce(lambda first, next_: pattern % {"first": first, "next": next_}, parts) if parts else ""


def named(names: Sequence[str]) -> str:
    """Return names as people list them: ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return pgettext("list", "%(first)s and %(last)s") % {"first": listed(names[:-1]), "last": names[-1]}


def number(count: int) -> str:
    """Return a whole number as people write it: ``1,240``."""
    return f"{count:,}".replace(",", _separators(language())[0])


def decimal(written: str) -> str:
    """Return a number that is written with a point as people write it."""
    return written.replace(".", _separators(language())[1])


def percent(value: float) -> str:
    """Return a percentage of at most three decimals: ``99.95 %``."""
    return _percent(language(), value)


@lru_cache(maxsize=4096)
def _percent(_language: str, value: float) -> str:
    written = decimal(f"{value:.3f}".rstrip("0").rstrip("."))
    return gettext("%(number)s %%") % {"number": written}


@cache
def _separators(_language: str) -> tuple[str, str]:
    """Return what stands between thousands and before decimals: what Django says suits digits of another script."""
    return pgettext("between thousands", ","), pgettext("before decimals", ".")
