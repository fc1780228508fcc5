"""From the file that somebody uploads to the picture that is published: nothing but pixels goes through.

SVG is none of the formats: it is a document that can hold scripts, and not a picture.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST: Final = 512 * 1024
FORMATS: Final = ("PNG", "JPEG", "WEBP")
# What is decoded takes four bytes a pixel, however small the file was.
MOST_PIXELS: Final = 16_000_000
# Twice what the page shows, for screens with small pixels.
WIDEST, HIGHEST = 640, 128
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as PNG, and its size in pixels."""

    png: bytes
    width: int
    height: int


def drawn(data: bytes) -> Logo:
    """Return the picture drawn anew as PNG, no larger than it is shown. Raises ``ValidationError`` with a sentence."""
    if len(data) > LARGEST:
        raise ValidationError(f"The file is larger than {LARGEST // 1024} KB. Make the picture smaller.", code="large")
    picture = _decoded(data)
    picture.thumbnail((WIDEST, HIGHEST))
    stream = BytesIO()
    # Pillow would carry the colour profile along, which may be longer than the picture, and hold anything.
    picture.save(stream, "PNG", optimize=True, icc_profile=None)
    return Logo(stream.getvalue(), picture.width, picture.height)


def is_png(data: bytes) -> None:
    """Refuse what does not begin as a PNG: a logo from a backup has not been drawn here."""
    if data and not bytes(data).startswith(SIGNATURE):
        raise ValidationError("A stored logo is a PNG.", code="format")


def _decoded(data: bytes) -> Image:
    # Only who uploads needs it.
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data), formats=FORMATS) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if opened.width * opened.height > MOST_PIXELS:
                raise ValidationError("The picture has more than 16 million pixels. Make it smaller.", code="large")
            # Cameras write which way is up beside the pixels.
            return ImageOps.exif_transpose(opened).convert("RGBA")
    except ValidationError:
        raise
    except Exception as error:  # its decoders raise whatever a broken file leads them to
        raise ValidationError("This is no picture that can be read. Use PNG, JPEG or WebP.", code="format") from error
