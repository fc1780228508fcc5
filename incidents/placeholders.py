r"""Placeholders of incidents' texts: ``{{ name }}``, filled by plain substitution. Pure.

Only a word between two braces is one; ``\{{ name }}`` is no placeholder, and Markdown shows it without the backslash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError

BUILT_IN: Final = ("services", "title", "severity", "started_at", "now")
_PLACEHOLDER: Final = re.compile(r"(?<!\\)\{\{\s*([^\W\d][\w -]{0,60}?)\s*\}\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the placeholders of ``values`` filled; others stay, and so do those without a value."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)


def unfilled(text: str) -> list[str]:
    """Return the names that are not filled, each once, in order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def refuse_unfilled(**texts: str) -> None:
    """Raise ``ValidationError`` by field that names what nobody has filled in: readers would see braces."""
    wrong = {field: _sentence(names) for field, text in texts.items() if (names := unfilled(text))}
    if wrong:
        raise ValidationError(wrong)


def fill_both(title: str, body: str, **known: Any) -> tuple[str, str]:
    """Return the title and the text of a new incident, filled; ``known`` is what :func:`values_of` takes besides."""
    title = fill(title, values_of(title="", **known))
    return title, fill(body, values_of(title=title, **known))


def values_of(*, title: str, severity: str, services: list[str], started_at: datetime, now: datetime) -> dict[str, str]:
    """Return what the built-in placeholders stand for; ``services`` are names that everybody may read."""
    return {
        "title": title,
        "severity": severity,
        "services": _listed(services),
        "started_at": _moment(started_at),
        "now": _moment(now),
    }


def _sentence(names: list[str]) -> str:
    shown = ", ".join(f"{{{{ {name} }}}}" for name in names)
    return f"Not filled in yet: {shown}. Write what belongs there; readers would see the braces."


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _moment(at: datetime) -> str:
    there = at.astimezone(UTC)
    return f"{there.day} {there:%B %Y, %H:%M} UTC"
