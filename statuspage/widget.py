"""The banner on other people's sites: its script, and the little that it reads. Pure but for the file."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from services.saying import language
from statuspage import scripts
from statuspage.incident_view import IncidentView
from statuspage.page import PageState
from statuspage.shapes import dump, time
from statuspage.window_view import WindowView

SOURCE: Final = "templates/statuspage/widget.js"
# A banner has one line; what it counts is more.
WINDOWS: Final = 5
_IDLE: Final = re.compile(rb"^\s*//.*\n|^[ \t]+|^\n", re.MULTILINE)


@cache
def script() -> bytes:
    """Return the script without comments and indentation. It holds no address: it knows where it came from."""
    return _IDLE.sub(b"", (Path(settings.BASE_DIR) / SOURCE).read_bytes())


def state(page: PageState, name: str) -> bytes:
    """Return what is wrong and what is planned, as JSON; ``path`` is relative to the script, in a copy, too.

    Of services that nobody knows anything of it says nothing: a stranger's site is no place for that.
    """
    known = page.status if page.mark != "no_data" else "operational"
    windows = islice((*page.under_way, *page.planned), WINDOWS)
    found = {
        "name": name,
        "status": known,
        "headline": page.headline,
        "incidents": [_incident(one) for one in page.open_incidents],
        "maintenance": [_window(one) for one in windows],
    }
    # The script is one for all, and speaks English by itself.
    words = scripts.said(language(), scripts.WIDGET)
    return dump(found | {"words": words} if words else found)


def _incident(one: IncidentView) -> dict[str, Any]:
    return {"title": one.title, "status": one.stage, "path": f"incidents/{one.id}/"}


def _window(one: WindowView) -> dict[str, Any]:
    times = {"start": time(one.begun_at), "end": time(one.over_at)}
    return {"title": one.title, "status": one.stage, "path": f"maintenance/{one.id}/", **times}
