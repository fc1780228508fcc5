"""The static files that pages of the copy name, as they were collected."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from statuspage.files import beside, read_if_there
from statuspage.site.file import File, PlaceRefused
from statuspage.site.form import STATIC


def name_of(address: str) -> str | None:
    """Return the file for the address of a static file; ``None`` for any other address."""
    if not address.startswith(settings.STATIC_URL):
        return None
    return f"{STATIC}/{address.removeprefix(settings.STATIC_URL)}"


def read(name: str) -> File:
    """Return a static file by its name in the copy."""
    path = Path(staticfiles_storage.path(name.removeprefix(f"{STATIC}/")))
    body = read_if_there(path)
    if not body:
        raise PlaceRefused(f"{path}, which the page names, is not there: manage.py collectstatic brings it.")
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return File(name, content_type, body, *(read_if_there(beside(path, suffix)) for suffix in (".gz", ".br")))
