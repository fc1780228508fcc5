"""Pictures as people upload them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (320, 80), colour: str = "#0a5", **more: object) -> bytes:
    """Return a picture of one colour."""
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, kind, **more)
    return stream.getvalue()
