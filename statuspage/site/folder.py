"""A folder of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from statuspage.files import drop, put, read_if_there, sweep
from statuspage.site.file import File
from statuspage.site.form import FOLDERS

ENCODED = (".gz", ".br")


class Folder:
    """Any web server may serve it; one that can send what is compressed already finds it beside."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> bytes:
        """Return a file; nothing if it is not there."""
        return read_if_there(self.root / name)

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all files below a folder, without those that are only another's encodings."""
        for at, _, names in os.walk(self.root / folder):
            for name in names:
                path = Path(at, name)
                if path.suffix not in ENCODED or not path.with_suffix("").exists():
                    yield path.relative_to(self.root).as_posix()

    def write(self, file: File) -> None:
        """Write a file whole or not at all, unless it is there as it should be."""
        put(self.root / file.name, file.body, file.gzip, file.brotli)

    def remove(self, name: str) -> None:
        """Remove a file, its encodings, and the folders that are empty then: their names say something, too."""
        path = self.root / name
        drop(path)
        for folder in path.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()

    def settle(self) -> None:
        """Remove what a process left that ended while it wrote."""
        for folder in FOLDERS:
            sweep(self.root / folder)
