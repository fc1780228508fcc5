"""Answers behind the edge: from the store, or rendered when asked for and then kept."""

from __future__ import annotations

import re

from django.utils import timezone

from statuspage import addresses, face, older, publisher, render_face, store
from statuspage.document import Document
from statuspage.made import made_by
from statuspage.models import Generation
from statuspage.shelf import YEAR, within

_DAYS = re.compile(rf"{re.escape(addresses.API_INCIDENTS)}\?days=([1-9][0-9]{{0,2}})")


def find(address: str) -> Document | None:
    """Return what a canonical address answers; ``None`` for what is private, missing or no address at all."""
    row = store.get(address)
    if row is None and not Generation.objects.filter(number__gt=0).exists():
        publisher.make_ready()
        row = store.get(address)
    if row is not None:
        return store.as_document(row)
    if address.startswith(addresses.BRAND):
        return _worn(address)
    return _cut(address) or _render(address)


def _worn(address: str) -> Document | None:
    """Return a file of the brand of now: whoever has just sent a picture sees it before it is published."""
    return next((made for made in render_face.files(face.read()) if made.path == address), None)


def _cut(address: str) -> Document | None:
    if make := made_by(address):
        plain = store.get(address.partition("?")[0])
        return make(store.as_document(plain), address) if plain else None
    found = _DAYS.fullmatch(address)
    if found is None or int(found[1]) > 365:
        return None
    year = store.get(YEAR)
    return within(store.as_document(year), int(found[1]), timezone.now().date()) if year else None


def _render(address: str) -> Document | None:
    """Render; keep what is old. Only that takes the lock of the store: strangers ask for much that is not there."""
    found = older.find(address, timezone.now())
    if found is None or not found.old:
        return older.pick(address, found.documents()) if found else None
    with store.writing() as generation:
        # Once more: nothing can be hidden between this reading and the keeping.
        found = older.find(address, timezone.now())
        made = found.documents() if found else []
        if found and found.old:
            store.put(generation, made, ahead=False)
    return older.pick(address, made)
