"""Which address lies where in the copy, and each document as it is written there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial

from django.conf import settings
from django.template.loader import render_to_string

from statuspage import addresses
from statuspage.document import HTML, Document, compress
from statuspage.release import release
from statuspage.site import form, statics
from statuspage.site.file import File

# They speak for a whole host, and the copy may share one with others.
OF_THE_SERVER = frozenset({addresses.ROBOTS, addresses.SITEMAP})


class Pages:
    """Knows every address of the copy: a link to one that is not in it leads to the server."""

    def __init__(self) -> None:
        self._lies: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._statics: set[str] = set()

    def learn(self, documents: Iterable[Document]) -> None:
        """Take note of what is in the copy."""
        for held in documents:
            if held.path in OF_THE_SERVER:
                continue
            self._lies[held.path] = form.location(held.path, held.content_type)
            self._tags[held.path] = held.etag

    def forget(self, gone: Iterable[str]) -> list[str]:
        """Take note of what is no more in the copy; return the files."""
        known = [address for address in gone if address in self._lies]
        for address in known:
            del self._tags[address]
        return [self._lies.pop(address) for address in known]

    def clear(self) -> None:
        """Know nothing."""
        self._lies.clear()
        self._tags.clear()

    def names(self) -> set[str]:
        """Return the files of all addresses, and the static ones that were named since :meth:`anew`."""
        return {*self._lies.values(), *self._statics}

    def anew(self) -> None:
        """Yield static files once more, where a page names them."""
        self._statics.clear()

    def total(self) -> str:
        """Return what changes whenever anything in the copy does, or what makes it."""
        lines = [f"{release()}\n", *sorted(f"{address} {tag}\n" for address, tag in self._tags.items())]
        return hashlib.blake2b("".join(lines).encode(), digest_size=12).hexdigest()

    def files(self, documents: Iterable[Document]) -> Iterator[File]:
        """Yield what is to be written: the page that leads to all others last, other files before who names them."""
        there = [held for held in documents if held.path in self._lies]
        for held in sorted(there, key=lambda held: (held.content_type == HTML, held.path == addresses.PAGE)):
            name = self._lies[held.path]
            if held.content_type != HTML:
                yield File(name, held.content_type, held.body, held.gzip, held.brotli)
                continue
            yield from self._page(name, held.body.decode())
            if held.path == addresses.PAGE:
                yield from self._page(form.INDEX, held.body.decode())

    def missing(self) -> File:
        """Return the page for what is not there. It is shown below any address, so its links are whole."""
        html = form.with_links(render_to_string("404.html"), lambda target: settings.SITE_URL + target)
        return _file(form.MISSING, html)

    def _page(self, name: str, html: str) -> Iterator[File]:
        named: set[str] = set()
        html = form.with_links(
            form.without_forms(html), partial(form.relative, name, partial(self._found, named), settings.SITE_URL)
        )
        yield from map(statics.read, sorted(named - self._statics))
        self._statics |= named
        yield _file(name, form.aged(html, form.link(name, form.AS_OF)))

    def _found(self, named: set[str], address: str) -> str | None:
        static = statics.name_of(address)
        if static:
            named.add(static)
        return static or self._lies.get(address)


def _file(name: str, html: str) -> File:
    body = html.encode()
    return File(name, HTML, body, *compress(body))
