"""Templates of the public page, rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, cast

from django.conf import settings
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from statuspage import addresses
from statuspage.document import HTML, Document, document
from statuspage.face import Face

# What of a context is words already, in the language of a face.
Said: TypeAlias = Callable[[Face], Mapping[str, object]]


def nothing(_face: Face) -> Mapping[str, object]:
    """Return no words."""
    return {}


def pages(address: str, template: str, face: Face, said: Said = nothing, **context: object) -> Iterator[Document]:
    """Yield a page in each language; ``face`` is that of the main one, and ``address`` where it stands there.

    ``said`` is asked for each language.
    """
    for each in face.all:
        yield page(address, template, each, said, **context)


def page(address: str, template: str, face: Face, said: Said = nothing, **context: object) -> Document:
    """Return a page in the language of a face; ``address`` is where it stands in the main one."""
    with face.spoken():
        body = html(template, face, **context, **said(face), versions=face.versions(address))
    return document(addresses.within(address, face.code), HTML, body.encode())


def html(template: str, face: Face, **context: object) -> SafeString:
    """Render a template of this room, in the language that is spoken."""
    found = cast("Template", get_template(f"statuspage/{template}.html"))
    # Numbers go into addresses and pictures here: none is to be written the way of a language.
    return found.template.render(Context({**context, "brand": face, "site": settings.SITE_URL}, use_l10n=False))
