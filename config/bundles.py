"""Joins the parts of a stylesheet or script into one file when static files are collected.

``static/console.css`` and the other entries only import their parts, so they work as they are in tests; in production a
browser asks for one file each. The parts keep to a small grammar, and what does not fit it stops the build:

- CSS: ``@import url("css/x.css") layer(name);``, one a line, in an entry.
- JavaScript: ``import "./x.js";`` and ``import { a, b } from "./x.js";`` on one line, ``export function``,
  ``export const``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.static import QuickCompressor

ENTRIES = (
    *("console.css", "public-service.css", "public-subscribe.css", "public.css"),
    *("console.js", "public.js", "push.js"),
)

Read = Callable[[str], str]

_CSS_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\(([a-z]+)\);')
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r'("[^"]*")|\s*([{};,])\s*|(:)\s+|\s+')
_JS_IMPORT = re.compile(r'^import (?:(\{[^}]+\}) from )?"([^"]+)";$', re.MULTILINE)
_JS_EXPORT = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.MULTILINE)
_JS_COMMENT = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)


class UnknownSyntax(ValueError):
    """A part says something that cannot be joined."""


def join_css(entry: str, read: Read) -> str:
    """Return the stylesheet ``entry`` with every import put in its layer, without comments and idle space."""
    whole = _CSS_IMPORT.sub(lambda found: f"@layer {found[2]}{{{_part(_beside(entry, found[1]), read)}}}", read(entry))
    if "@import" in whole:
        raise UnknownSyntax(f"{entry}: an import that is not one line of the known form.")
    whole = _CSS_SPACE.sub(lambda found: found[1] or found[2] or found[3] or " ", _CSS_COMMENT.sub("", whole))
    return whole.replace(";}", "}").strip() + "\n"


def _part(path: str, read: Read) -> str:
    """Return a part whose braces close; one that does not would swallow the parts after it."""
    source = read(path)
    if source.count("{") != source.count("}"):
        raise UnknownSyntax(f"{path}: its braces do not close.")
    return source


def join_js(entry: str, read: Read) -> str:
    """Return the module ``entry`` and all that it imports as one script, each module in a scope of its own."""
    done: dict[str, str] = {}
    _add_module(entry, read, done)
    return "".join(done.values())


def _add_module(path: str, read: Read, done: dict[str, str]) -> None:
    """Put ``path`` into ``done``, after the modules that it imports."""
    source = read(path)
    for found in _JS_IMPORT.finditer(source):
        wanted = _beside(path, found[2])
        if wanted not in done:
            _add_module(wanted, read, done)
    done[path] = _scope(path, source)


def _scope(path: str, source: str) -> str:
    """Wrap one module in a function that returns its exports."""
    body = _JS_IMPORT.sub(lambda found: _taken(path, found), source)
    exports = ",".join(_JS_EXPORT.findall(body))
    body = re.sub(r"^export (?=(?:async )?(?:function|const) )", "", body, flags=re.MULTILINE)
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
        raise UnknownSyntax(f"{path}: an import or export that is not of the known form.")
    return f"const {_variable(path)}=(()=>{{\n{_JS_COMMENT.sub('', body)}return {{{exports}}};\n}})();\n"


def _taken(path: str, found: re.Match[str]) -> str:
    return f"const {found[1]}={_variable(_beside(path, found[2]))};" if found[1] else ""


def _variable(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))


def _beside(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage (hashed names, gzip, brotli) that joins the entries first."""

    def post_process(
        self,
        paths: dict[str, tuple[Storage, str]],
        dry_run: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **options: Any,
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Write each entry joined, then let WhiteNoise hash and compress everything."""
        if not dry_run:
            for entry in ENTRIES:
                self._write(entry, join_css if entry.endswith(".css") else join_js, paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def create_compressor(self, **options: Any) -> Compressor:
        """Return the one that is quick with large files."""
        return QuickCompressor(**options)

    def _write(self, entry: str, join: Callable[[str, Read], str], paths: dict[str, tuple[Storage, str]]) -> None:
        def read(path: str) -> str:
            storage, name = paths[path]
            with storage.open(name) as part:
                return bytes(part.read()).decode()

        joined = join(entry, read)
        self.delete(entry)
        self._save(entry, ContentFile(joined.encode()))
        paths[entry] = (self, entry)
