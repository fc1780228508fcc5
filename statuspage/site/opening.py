"""From what ``PUBLISH_TO`` and ``publish --to`` say to a copy."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from statuspage.site.file import Place
from statuspage.site.folder import Folder
from statuspage.site.site import Site

BUCKET = "s3"


def site(where: str, *, doubted: bool = False) -> Site:
    """Return the copy at ``where``: a folder, or ``s3://bucket/prefix``."""
    return Site(_place(where), where, doubted=doubted)


def _place(where: str) -> Place:
    parts = urlsplit(where)
    if parts.scheme != BUCKET:
        return Folder(Path(where))
    # Heavy, and of use to nobody else.
    from statuspage.site.bucket import Bucket

    return Bucket(parts.netloc, parts.path)
