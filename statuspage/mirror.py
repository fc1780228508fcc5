"""The published bytes as real files on local disk: read at a cold start, and servable by nginx as they are.

``/status`` is ``status.html``, ``/api/v1/status`` is ``api/v1/status.json``; a query is part of the name
(``status/history?month=2026-11.html``). Beside each lie its ``.gz`` and ``.br``. ``manifest.json`` says which store and
generation they are, and its time of change when they were last known to be current; ``sums`` what each should hold.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import UUID

from statuspage import document
from statuspage.document import Document
from statuspage.files import ENCODINGS, beside, drop, put, read_if_there, replace, sweep
from statuspage.sums import Sums

EXTENSION = {
    document.HTML: ".html",
    document.JSON: ".json",
    document.RSS: ".rss",
    document.ATOM: ".atom",
    document.SVG: ".svg",
    document.ICS: ".ics",
    document.CSS: ".css",
    document.PNG: ".png",
    document.JS: ".js",
    document.TEXT: ".txt",
    document.XML: ".xml",
}
# These addresses end so by themselves, where they have no parameter. Of others that do, the file ends so twice.
NAMED = (".svg", ".ics", ".css", ".png", ".js", ".txt", ".xml")
CONTENT_TYPE = {extension: content_type for content_type, extension in EXTENSION.items()}


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which generation of which store the files are, and when that was last confirmed."""

    store: UUID
    generation: int
    confirmed_at: datetime


class Mirror:
    """The folder. Web processes may share it: the first to come writes a generation, the others find it done.

    ``errors`` returns pages by name that a web server shows by itself; they lie beside, under ``errors``.
    """

    def __init__(self, folder: Path, errors: Callable[[], Mapping[str, bytes]] = dict) -> None:
        self.folder = folder
        self.files = folder / "www"
        self._manifest = folder / "manifest.json"
        self._sums = Sums(folder / "sums")
        self._errors = errors

    def manifest(self) -> Manifest | None:
        """Return what the folder holds; ``None`` when it is empty or cannot be read."""
        try:
            held = json.loads(self._manifest.read_text())
            store, generation = (held.get("store"), held.get("generation")) if isinstance(held, dict) else (None, None)
            if not isinstance(store, str) or not isinstance(generation, int):
                return None
            return Manifest(UUID(store), generation, _changed_at(self._manifest))
        except (OSError, ValueError, RecursionError):
            return None

    def confirmed_at(self) -> datetime | None:
        """Return when the files were last known to be current: without a manifest when the last was written."""
        held = self.manifest()
        return held.confirmed_at if held else max(map(_changed_at, self._all()), default=None)

    def load(self) -> list[Document]:
        """Read every file that can be read and is whole."""
        self._sums.read()
        return [held for held in map(self._read, self._all()) if held]

    def fill(self, store: UUID, generation: int, documents: Collection[Document], *, doubted: bool = False) -> None:
        """Hold these and nothing else. Files that are of this generation are left alone, unless they are doubted.

        A smaller number than the files have is no older one: the database went back, and what it lost must go.
        """
        with self._locked():
            known = self.manifest()
            if not doubted and known and (known.store, known.generation) == (store, generation):
                return
            sweep(self.folder)
            kept = {self._path_of(held) for held in documents}
            for path in list(self._all()):
                if path not in kept:
                    drop(path)
            self._write(documents)
            for name, body in self._errors().items():
                put(self.folder / "errors" / name, body, *document.compress(body))
            replace(self._sums.path, self._sums.only(self._named(documents)))
            self._note(store, generation)

    def change(
        self, store: UUID, before: int, generation: int, documents: Collection[Document], gone: Iterable[str]
    ) -> bool:
        """Take over what changed from one generation to another, unless another process has done so.

        Return False when the files are too old for that: they must be filled.
        """
        with self._locked():
            known = self.manifest()
            if known is None or known.store != store or known.generation < before or self._sums.is_large():
                return False
            if known.generation >= generation:
                return True
            # First: on a full disk what was hidden goes, whatever becomes of the rest.
            for address in gone:
                for extension in CONTENT_TYPE:
                    drop(self._path(address, extension))
            self._write(documents)
            self._note(store, generation)
            return True

    def confirm(self, store: UUID, generation: int, at: datetime) -> bool:
        """Note that the files were current at ``at`` if they are of this generation. Return False when they lag."""
        known = self.manifest()
        if known is None or known.store != store or known.generation < generation:
            return False
        if known.generation == generation:
            os.utime(self._manifest, (at.timestamp(), at.timestamp()))
        return True

    def _read(self, path: Path) -> Document | None:
        name = path.relative_to(self.files).as_posix()
        body, zipped, packed = (read_if_there(beside(path, suffix)) for suffix in ENCODINGS)
        encodings = self._sums.checked(name, body, zipped, packed) if body else None
        if encodings is None:
            return None
        whole = path.suffix in NAMED and "?" not in name
        address = "/" + unquote(name if whole else name.removesuffix(path.suffix))
        return Document(address, CONTENT_TYPE[path.suffix], body, *encodings, document.etag(body))

    def _all(self) -> Iterator[Path]:
        for folder, _, names in os.walk(self.files):
            for name in names:
                path = Path(folder, name)
                if path.suffix in CONTENT_TYPE and not name.startswith("."):
                    yield path

    def _write(self, documents: Collection[Document]) -> None:
        self._sums.note(self._named(documents))
        for held in documents:
            put(self._path_of(held), held.body, held.gzip, held.brotli)

    def _named(self, documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
        return ((self._path_of(held).relative_to(self.files).as_posix(), held) for held in documents)

    def _path_of(self, held: Document) -> Path:
        return self._path(held.path, EXTENSION[held.content_type])

    def _path(self, address: str, extension: str) -> Path:
        name = quote(address.lstrip("/"), safe="/?=&-._~")
        if ".." in name.split("/"):
            raise ValueError(f"{address} leads out of the folder.")
        return self.files / (name if extension in NAMED and name.endswith(extension) else name + extension)

    def _note(self, store: UUID, generation: int) -> None:
        replace(self._manifest, json.dumps({"store": str(store), "generation": generation}).encode())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the folder. Raises ``BlockingIOError`` while another process does."""
        self.files.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
