"""Whatever colour somebody chooses, links and buttons in it reach 4.5:1 in both themes."""

from __future__ import annotations

import pytest

from branding.colour import DARK, LIGHT, READABLE, contrast, is_colour, shades


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffff00", "#0000ff", "#7f7f7f", "#e2001a", "#10161c"])
def test_any_colour_becomes_one_that_can_be_read(colour: str) -> None:
    for shade, grounds in zip(shades(colour), (LIGHT, DARK), strict=True):
        for text in (shade.accent, shade.strong):
            assert min(contrast(text, ground) for ground in grounds) >= READABLE
            assert contrast(shade.ink, text) >= READABLE
        assert is_colour(shade.accent)
        assert is_colour(shade.strong)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    light, _ = shades("#0f766e")
    _, dark = shades("#2dc4b2")
    assert (light.accent, dark.accent) == ("#0f766e", "#2dc4b2")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
