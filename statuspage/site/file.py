"""One file of the copy, and what a place for the copy can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class File:
    """``gzip`` and ``brotli`` are empty where compressing gains nothing."""

    name: str
    content_type: str
    body: bytes
    gzip: bytes = b""
    brotli: bytes = b""


class PlaceRefused(OSError):
    """A place cannot be read or written; says why in a sentence."""


class Place(Protocol):
    """Somewhere outside. Whatever fails there raises ``OSError``."""

    def read(self, name: str) -> bytes:
        """Return a file; nothing if it is not there."""

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all files below a folder, without those that are only another's encodings."""

    def write(self, file: File) -> None:
        """Write a file whole or not at all, unless it is there as it should be."""

    def remove(self, name: str) -> None:
        """Remove a file and its encodings, if it is there."""

    def settle(self) -> None:
        """Forget what is known of the place, and remove what a process left that ended while it wrote."""
