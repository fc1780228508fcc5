"""From one colour to an accent that can be read in both themes. Pure.

WCAG 2.2, success criterion 1.4.3: text reaches 4.5:1 on what is behind it. A colour that does not is made darker for
the light theme and lighter for the dark one, as little as does; so that none has to be refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Rgb: TypeAlias = tuple[int, int, int]

READABLE: Final = 4.5
# What accents stand on: ground, sunken and surface of ``static/css/tokens.css``.
LIGHT: Final = ("#f3f5f7", "#f8f9fb", "#ffffff")
DARK: Final = ("#10161c", "#141b22", "#19212a")
_BLACK: Final = (0, 0, 0)
_WHITE: Final = (255, 255, 255)
_HEX: Final = re.compile("#[0-9a-f]{6}")
_STEPS: Final = 100
# How much further a link goes while a pointer is on it.
_STRONGER: Final = 0.2


@dataclass(frozen=True, slots=True)
class Shade:
    """An accent in one theme, as ``#rrggbb``: itself, stronger under a pointer, and what is written on it."""

    accent: str
    strong: str
    ink: str


def is_colour(text: str) -> bool:
    """Say whether ``text`` is ``#rrggbb`` in small letters."""
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    brighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def shades(colour: str) -> tuple[Shade, Shade]:
    """Return the accent for the light and for the dark theme."""
    light, dark = readable(colour, LIGHT, _BLACK), readable(colour, DARK, _WHITE)
    return (
        Shade(light, _mixed(_rgb(light), _BLACK, _STRONGER), "#ffffff"),
        Shade(dark, _mixed(_rgb(dark), _WHITE, 2 * _STRONGER), DARK[0]),
    )


def readable(colour: str, grounds: Sequence[str], towards: Rgb) -> str:
    """Return the nearest colour on the way to ``towards`` that can be read on all of ``grounds``."""
    tried = (_mixed(_rgb(colour), towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(found for found in tried if min(contrast(found, ground) for ground in grounds) >= READABLE)


def _rgb(colour: str) -> Rgb:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _mixed(colour: Rgb, towards: Rgb, part: float) -> str:
    parts = (round(own + (other - own) * part) for own, other in zip(colour, towards, strict=True))
    return "#" + bytes(parts).hex()


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
