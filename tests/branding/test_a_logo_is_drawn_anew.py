"""Of an uploaded file nothing but the pixels is kept, and what is no picture is refused with a sentence."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from branding.logo import HIGHEST, LARGEST, SIGNATURE, WIDEST, drawn
from tests.branding.pictures import picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_each_format_becomes_a_png_of_the_size_that_is_shown(kind: str) -> None:
    small, large = drawn(picture(kind)), drawn(picture(kind, (2000, 1000)))
    assert small.png.startswith(SIGNATURE)
    assert (small.width, small.height) == (320, 80)
    assert large.width <= WIDEST
    assert large.height == HIGHEST
    assert Image.open(BytesIO(large.png)).size == (large.width, large.height)


def test_what_stands_beside_the_pixels_goes() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "canary", 6
    said = picture("JPEG", (320, 80), exif=exif.tobytes()) + b"canary"
    logo = drawn(said)
    assert b"canary" in said
    assert b"canary" not in logo.png
    profiled = drawn(picture("PNG", icc_profile=b"canary" * 1000))
    assert "icc_profile" not in Image.open(BytesIO(profiled.png)).info
    # It had been held on its side.
    assert logo.height > logo.width


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no picture"),
        (SVG, "no picture"),
        (picture("GIF"), "no picture"),
        (picture()[:60], "no picture"),
        (picture(size=(5000, 4000)), "16 million pixels"),
        (picture() + bytes(LARGEST), "512 KB"),
    ],
    ids=["nothing", "SVG", "another format", "half", "a bomb", "large"],
)
def test_what_is_no_picture_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        drawn(data)
