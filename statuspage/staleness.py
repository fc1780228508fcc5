"""How an answer says that it may be old."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from statuspage import document
from statuspage.entry import Entry

MARKER = b"<!--stale-->"
SINCE = b"opstatus-stale-since"


def mark(entry: Entry, since: datetime | None) -> Entry:
    """Return the entry with a header that says since when, and a banner where it is a page.

    Its tag is another even where its bytes are the same: a 304 would leave the header unsaid.
    """
    held = entry.document
    extra = [(SINCE, f"{since:%Y-%m-%dT%H:%M:%SZ}".encode())] if since else []
    if held.content_type == document.HTML:
        # No database can be asked which languages there are.
        with translation.override(document.language(held.body)):
            banner = render_to_string("statuspage/_stale.html", {"since": since}).strip().encode()
        held = document.document(held.path, held.content_type, held.body.replace(MARKER, banner, 1))
    else:
        held = replace(held, etag=document.etag(f"{held.etag} {since}".encode()))
    return Entry(held, extra)
