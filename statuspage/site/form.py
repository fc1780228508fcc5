"""Where each address lies in the copy, and links that hold wherever the copy is put. Pure."""

from __future__ import annotations

import mimetypes
import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import PurePosixPath

from django.utils import translation
from django.utils.translation import gettext

from statuspage import addresses
from statuspage.document import ATOM, HTML, ICS, JSON, RSS, SVG, language

INDEX = "index.html"
MISSING = "404.html"
AS_OF = "status/as-of.json"
# Whatever else lies beside them is somebody else's and left alone.
STATIC = "static"
FOLDERS = ("status", "api", STATIC)
_EXTENSION = {JSON: ".json", RSS: ".xml", ATOM: ".xml", SVG: ".svg", ICS: ".ics"}
_TAG = re.compile(r"<(?:a|link|script|img)\b[^>]*>")
_LINK = re.compile(r'\b(href|src)="(/[^"]*)"')
_FORM = re.compile(r'<form method="post" action="(/[^"]*)">(.*?)</form>', re.DOTALL)
_OF_INCIDENT = re.compile(r'name="incident_id" value="([^"]*)"')
_BUTTON = re.compile(r"<button[^>]*>([^<]*)</button>")
_LIVE = re.compile(r"(<main\b[^>]*\bdata-live)(?=[\s>])")


def location(address: str, content_type: str) -> str:
    """Return the name of the file for a canonical address: pages are folders, all else has its extension.

    What is a service's own lies with its page, and of a page with a parameter each value is a page below it.
    """
    path, _, query = address.lstrip("/").partition("?")
    name, _, value = query.partition("=")
    if name == "service":
        path = f"status/services/{value}/{posixpath.basename(path)}"
    elif query:
        path = f"{path}/{value}" if content_type == HTML else f"{path}/{name}-{value}"
    if ".." in PurePosixPath(path).parts:
        raise ValueError(f"{address} leads out of the copy.")
    if content_type == HTML:
        return f"{path}/{INDEX}"
    return path if PurePosixPath(path).suffix else path + _extension(content_type)


def relative(page: str, found: Callable[[str], str | None], site: str, target: str) -> str:
    """Return the link to ``target``, an address of ours, as the file ``page`` must write it.

    ``found`` knows the file of an address; what is not in the copy needs the server, which is at ``site``.
    """
    whole, hash_, fragment = target.partition("#")
    path, _, query = whole.partition("?")
    name = found(addresses.canonical(path, query))
    if name is None:
        return site + target
    return link(page, name) + hash_ + fragment


def link(page: str, name: str) -> str:
    """Return the way from one file to another."""
    found = posixpath.relpath(name, posixpath.dirname(page) or ".")
    return (found.removesuffix(INDEX) or "./") if posixpath.basename(found) == INDEX else found


def with_links(html: str, link: Callable[[str], str]) -> str:
    """Return a page with each address of ours put as ``link`` says."""

    def of_attribute(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(link(unescape(found[2])))}"'

    return _TAG.sub(lambda tag: _LINK.sub(of_attribute, tag[0]), html)


def without_forms(html: str) -> str:
    """Return a page with a link in the place of each form, because what another site sends is refused."""

    def link_to(found: re.Match[str]) -> str:
        incident, button = _OF_INCIDENT.search(found[2]), _BUTTON.search(found[2])
        query = f"?incident={incident[1]}" if incident else ""
        return f'<p><a href="{found[1]}{query}">{button[1] if button else found[1]}</a></p>'

    return _FORM.sub(link_to, html)


def aged(html: str, as_of: str) -> str:
    """Return a page that knows where it is written until when it was true, with a word for those without script."""
    with translation.override(language(html[:200].encode())):
        words = gettext('A copy. <a href="%(link)s">When it was last true</a>') % {"link": as_of}
    note = f'<noscript><p class="muted small">{words}</p></noscript>'
    return _LIVE.sub(rf'\1 data-as-of="{as_of}"', html).replace("<!--stale-->", note, 1)


def _extension(content_type: str) -> str:
    return _EXTENSION.get(content_type) or mimetypes.guess_extension(content_type.partition(";")[0]) or ""
