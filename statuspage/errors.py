"""Pages that a web server before us shows when it finds nothing, or does not find us."""

from __future__ import annotations

from django.template.loader import render_to_string

NAMES = ("404.html", "503.html")


def pages() -> dict[str, bytes]:
    """Return each by its name."""
    return {name: render_to_string(name).encode() for name in NAMES}
