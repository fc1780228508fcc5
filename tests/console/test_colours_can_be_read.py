"""Every text colour reaches WCAG AA on every ground that it stands on, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\);")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}
TONES = ("green", "amber", "orange", "red", "blue", "slate", "accent")
GROUNDS = ("ground", "surface", "sunken")
themes = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: int) -> float:
    darker, lighter = sorted(luminance(COLOURS[name][theme]) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@themes
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["text", "muted", *TONES])
def test_text_on_the_grounds(text: str, ground: str, theme: int) -> None:
    assert contrast(text, ground, theme) >= 4.5


@themes
@pytest.mark.parametrize("tone", TONES)
def test_tones_and_text_on_their_tints_and_surface_on_the_tones(tone: str, theme: int) -> None:
    assert contrast(tone, f"{tone}-soft", theme) >= 4.5
    assert contrast("text", f"{tone}-soft", theme) >= 4.5
    assert contrast("surface", tone, theme) >= 4.5


@themes
def test_the_primary_button(theme: int) -> None:
    assert contrast("accent-ink", "accent", theme) >= 4.5
    assert contrast("accent-ink", "accent-strong", theme) >= 4.5


@themes
@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_of_fields_and_the_calm_days_can_be_seen(ground: str, theme: int) -> None:
    assert contrast("control", ground, theme) >= 3
    assert contrast("calm", "surface", theme) >= 3
