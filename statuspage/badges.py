"""Badges: a label and a status in a small picture, in the README of whoever depends on a service. Pure."""

from __future__ import annotations

from html import escape

from services.bars import NO_DATA
from services.status import Status

HEIGHT = 20
_CHARACTER = 6.6
_PADDING = 12
# Dark enough for white text; the word carries the state as well as the color.
_COLOR: dict[str, str] = {
    NO_DATA: "#5b6472",
    Status.OPERATIONAL: "#1a7f4b",
    Status.MAINTENANCE: "#3b6ea5",
    Status.DEGRADED: "#9a6700",
    Status.PARTIAL_OUTAGE: "#b54708",
    Status.MAJOR_OUTAGE: "#b42318",
}


def badge(label: str, mark: str) -> bytes:
    """Return an SVG that says ``label`` and a status, or that nobody knows it (:data:`services.bars.NO_DATA`)."""
    label = label if len(label) <= 40 else label[:39] + "…"
    word = "no data" if mark == NO_DATA else Status(mark).label.lower()
    left, right = _width(label), _width(word)
    text = escape(f"{label}: {word}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{HEIGHT}" role="img"'
        f' aria-label="{text}">'
        f"<title>{text}</title>"
        f'<clipPath id="r"><rect width="{left + right}" height="{HEIGHT}" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="{HEIGHT}" fill="#3d4450"/>'
        f'<rect x="{left}" width="{right}" height="{HEIGHT}" fill="{_COLOR[mark]}"/></g>'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(word)}</text></g></svg>'
    ).encode()


def _width(text: str) -> int:
    return round(len(text) * _CHARACTER) + _PADDING
