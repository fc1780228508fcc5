"""Links that machines send: only what leads to the web may be followed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Link(NamedTuple):
    """A link to show: ``href`` is empty where it leads nowhere safe, and the text is all there is."""

    text: str
    href: str


def links(given: Iterable[Mapping[str, Any]]) -> list[Link]:
    """Return the links of an alert as they may be shown."""
    return [Link(str(one.get("text") or one.get("href") or ""), safe(one.get("href"))) for one in given]


def safe(href: object) -> str:
    """Return the address if it is one of the web with a host, else nothing."""
    try:
        parts = urlsplit(str(href or "").strip())
    except ValueError:
        return ""
    return str(href).strip() if parts.scheme in ("http", "https") and parts.hostname else ""
