"""The picture that goes with a link to the page: the name, and the overall state in words on its color. Pure.

Drawn with the one font that Pillow brings along, so it is the same on every machine. That font knows ASCII: accents are
dropped, and what is written in another script gives way to our own words.
"""

from __future__ import annotations

import textwrap
import unicodedata
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from services.bars import NO_DATA
from services.status import Status
from statuspage.badges import COLOR

SIZE: Final = (1200, 630)
_MARGIN, _LINES, _WRAP = 80, 4, 30
_LARGE, _SMALL = 68, 38
# Letters and ground mixed in so many steps: four bits a pixel, which is quick to press.
_SHADES: Final = 16


@lru_cache(maxsize=64)
def picture(name: str, headline: str, mark: str, site: str) -> bytes:
    """Return a PNG. Remembered: of most changes the overall state is the same, or was before."""
    from PIL import Image, ImageDraw

    drawn = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(drawn)
    _write(pen, textwrap.shorten(_plain(name) or "Status", 50, placeholder=" ..."), 70, _SMALL)
    _write(pen, "\n".join(_lines(headline, mark)), 170, _LARGE)
    _write(pen, site.partition("://")[2], SIZE[1] - 70 - _SMALL, _SMALL)
    steps = drawn.point([value * _SHADES // 256 for value in range(256)])
    steps.putpalette(_palette(COLOR[mark]))
    body = BytesIO()
    steps.save(body, "PNG", bits=4, compress_level=1)
    return body.getvalue()


def _write(pen: Any, text: str, top: int, size: int) -> None:
    from PIL import ImageFont

    pen.multiline_text((_MARGIN, top), text, fill=255, font=ImageFont.load_default(size), spacing=size // 4)


def _lines(headline: str, mark: str) -> list[str]:
    """Return the words of the state in a few lines that fit; service names of another script are left out."""
    word = "No data" if mark == NO_DATA else Status(mark).label
    return textwrap.wrap(_plain(headline) or word, _WRAP, max_lines=_LINES, placeholder=" ...")


def _plain(text: str) -> str:
    """Return the text in ASCII, nothing where that cannot be done."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    bare = bare.translate(str.maketrans("–—‘’“”", "--''\"\"")).replace("ß", "ss")  # noqa: RUF001 - put into ASCII
    return bare if bare.isascii() and bare.isprintable() else ""


def _palette(ground: str) -> list[int]:
    """Return red, green and blue of each step from the ground to white."""
    dark = bytes.fromhex(ground.removeprefix("#"))
    return [part + (255 - part) * step // (_SHADES - 1) for step in range(_SHADES) for part in dark]
