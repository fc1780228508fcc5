"""What a web process makes of a published document when somebody's words ask for it, without the database."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote

from django.utils import translation

from statuspage import addresses, badges
from statuspage.document import HTML, SVG, Document, document, etag, language
from statuspage.searching import Index

Make: TypeAlias = Callable[[Document, str], Document]


def made_by(address: str) -> Make | None:
    """Return what makes the answer at a canonical address of the document at its path; ``None`` for any other."""
    path, asks, _ = address.partition("?")
    if not asks:
        return None
    if path in addresses.SEARCHES:
        return _found
    # By its path: a stranger may write the end of a badge's address into the parameter of any other.
    return _restyled if path.endswith(badges.END) else None


def _found(plain: Document, address: str) -> Document:
    words = unquote(address.partition("?q=")[2])
    # No database can be asked which languages there are: the list says what it is in.
    with translation.override(language(plain.body)):
        return document(address, HTML, _index(plain.body).page(words).encode())


def _restyled(plain: Document, address: str) -> Document:
    """Too small to be worth pressing by a web process."""
    body = badges.restyled(plain.body, address)
    return Document(address, SVG, body, b"", b"", etag(body))


@lru_cache(maxsize=2)
def _index(body: bytes) -> Index:
    return Index.of(body.decode())
