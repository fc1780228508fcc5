"""What the mirror's files should hold: a line for each version of each that was ever to be written.

A version is noted before its file is written, so that a file is one of those noted or damaged, whenever the writing
ends. ``a.html body gzip brotli``, the last three as :func:`statuspage.document.etag`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from statuspage import document
from statuspage.document import Document

# With so many bytes of versions that are no more, writing everything anew is cheaper.
LARGE = 16_000_000


class Sums:
    """The file. Names are those of the files, quoted: they hold no blank."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)

    def read(self) -> None:
        """Learn what is noted. Lines that make no sense are left out."""
        self._known.clear()
        try:
            lines = self.path.read_text(errors="replace").splitlines()
        except OSError:
            return
        for name, body, zipped, packed in (line.split(" ") for line in lines if line.count(" ") == 3):
            self._known[name][body] = zipped, packed

    def note(self, documents: Iterable[tuple[str, Document]]) -> None:
        """Add these versions."""
        with self.path.open("a") as file:
            # A line that a full disk cut short ends here.
            file.writelines(["\n", *(_line(name, held) for name, held in documents)])

    def only(self, documents: Iterable[tuple[str, Document]]) -> bytes:
        """Return the file as it is with these versions alone."""
        return "".join(_line(name, held) for name, held in documents).encode()

    def is_large(self) -> bool:
        """Say whether there is much in it that is no more."""
        try:
            return self.path.stat().st_size > LARGE
        except OSError:
            return False

    def checked(self, name: str, body: bytes, zipped: bytes, packed: bytes) -> tuple[bytes, bytes] | None:
        """Return the encodings that are whole, empty for those that are not; ``None`` for a damaged body.

        Of what was never noted nothing can be said: it is believed, and sent as it is, without its encodings.
        """
        if name not in self._known:
            return b"", b""
        noted = self._known[name].get(document.etag(body))
        if noted is None:
            return None
        return _if_whole(zipped, noted[0]), _if_whole(packed, noted[1])


def _if_whole(held: bytes, etag: str) -> bytes:
    return held if document.etag(held) == etag else b""


def _line(name: str, held: Document) -> str:
    return f"{name} {held.etag} {document.etag(held.gzip)} {document.etag(held.brotli)}\n"
