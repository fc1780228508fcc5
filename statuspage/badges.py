"""Badges: a label and a status in a small picture, in the README of whoever depends on a service. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from unicodedata import east_asian_width
from urllib.parse import quote, unquote

from services.bars import NO_DATA
from services.status import Status
from statuspage import states
from statuspage.words import asked

# What addresses of badges end with.
END: Final = "/badge.svg"
LONGEST_LABEL: Final = 40
# Dark enough for white text; the word carries the state as well as the color.
COLOR: Final[dict[str, str]] = {
    NO_DATA: "#5b6472",
    Status.OPERATIONAL: "#1a7f4b",
    Status.MAINTENANCE: "#3b6ea5",
    Status.DEGRADED: "#9a6700",
    Status.PARTIAL_OUTAGE: "#b54708",
    Status.MAJOR_OUTAGE: "#b42318",
}
_MARK: Final = {color: mark for mark, color in COLOR.items()}
_FILLED: Final = re.compile(r'height="[0-9]+" fill="(#[0-9a-f]{6})"/></g>')
_SAID: Final = re.compile(r"<title>(.*): (.*)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Style:
    """How it is drawn; widths in pixels."""

    height: int = 20
    radius: int = 3
    size: int = 11
    character: float = 6.6
    padding: int = 12
    more: str = ""

    def written(self, text: str) -> str:
        """Return the text as this style writes it."""
        return text.upper() if self.more else text

    def width(self, text: str) -> int:
        """Return how wide a half is."""
        return round(sum(_width(letter) for letter in text) * self.character) + self.padding


STYLES: Final[Mapping[str, Style]] = {
    "flat": Style(),
    "flat-square": Style(radius=0),
    "for-the-badge": Style(28, 0, 10, 8.4, 24, ' font-weight="bold" letter-spacing="1"'),
}
FLAT: Final = "flat"


def badge(label: str, mark: str, style: str = FLAT) -> bytes:
    """Return an SVG that says ``label`` and a status, or that nobody knows it (:data:`services.bars.NO_DATA`)."""
    return _drawn(_short(label), states.within(mark), mark, style)


def _drawn(label: str, word: str, mark: str, style: str) -> bytes:
    drawn = STYLES[style]
    shown = [drawn.written(label), drawn.written(word)]
    left, right = map(drawn.width, shown)
    text, line = escape(f"{label}: {word}"), drawn.height // 2 + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{drawn.height}" role="img"'
        f' aria-label="{text}">'
        f"<title>{text}</title>"
        f'<clipPath id="r"><rect width="{left + right}" height="{drawn.height}" rx="{drawn.radius}"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="{drawn.height}" fill="#3d4450"/>'
        f'<rect x="{left}" width="{right}" height="{drawn.height}" fill="{COLOR[mark]}"/></g>'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif"'
        f' font-size="{drawn.size}"{drawn.more}>'
        f'<text x="{left / 2:g}" y="{line}">{escape(shown[0])}</text>'
        f'<text x="{left + right / 2:g}" y="{line}">{escape(shown[1])}</text></g></svg>'
    ).encode()


def variant(path: str, query: str) -> str:
    """Return the one address of a badge in another style or with another label; ``path`` where it is neither.

    What is no style, and a label of nothing, are ignored as unknown parameters are everywhere.
    """
    style, label = asked(query, "style", LONGEST_LABEL), asked(query, "label", LONGEST_LABEL)
    chosen = [f"style={style}"] * (style in STYLES and style != FLAT) + [f"label={quote(label)}"] * bool(label)
    return f"{path}?{'&'.join(chosen)}" if chosen else path


def restyled(plain: bytes, address: str) -> bytes:
    """Return the badge of a :func:`variant`, made from the published one: it holds all that there is to know."""
    label, word, mark = _read(plain.decode())
    _, _, query = address.partition("?")
    chosen = dict(part.split("=", 1) for part in query.split("&"))
    return _drawn(_short(unquote(chosen.get("label", "")) or label), word, mark, chosen.get("style", FLAT))


def _read(svg: str) -> tuple[str, str, str]:
    """Return label, word and mark of a badge. The word may be of any language: what it means is told by its color."""
    found, color = _SAID.search(svg), _FILLED.search(svg)
    if found is None or color is None:
        raise ValueError("This is no badge of ours.")
    return unescape(found[1]), unescape(found[2]), _MARK[color[1]]


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _width(letter: str) -> float:
    """Return how wide a letter is; those of Japanese take the place of two."""
    return 1.7 if east_asian_width(letter) in "WF" else 1
