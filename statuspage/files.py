"""Files that somebody else may read at any moment: whole, or not there."""

from __future__ import annotations

import os
import re
from pathlib import Path

ENCODINGS = ("", ".gz", ".br")
# What lies there after a process that ended while it wrote.
_ASIDE = re.compile(r"\..+\.[0-9]+")


def beside(path: Path, suffix: str) -> Path:
    """Return the path of a file's encoding."""
    return path.with_name(path.name + suffix)


def read_if_there(path: Path) -> bytes:
    """Return what a file holds; nothing if it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def replace(path: Path, body: bytes) -> None:
    """Write a file and put it in the place of another.

    Web servers make a tag of the second of its change, so that no two versions may have the same.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        before = int(path.stat().st_mtime) if path.exists() else 0
        aside.write_bytes(body)
        if int(aside.stat().st_mtime) <= before:
            os.utime(aside, (before + 1, before + 1))
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def put(path: Path, body: bytes, zipped: bytes, packed: bytes) -> None:
    """Write a file and its encodings, none of them where it is as it should be or is empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The plain file last: who reads in between finds old bytes whole, never new ones beside an old encoding.
    for suffix, wanted in ((".gz", zipped), (".br", packed), ("", body)):
        each = beside(path, suffix)
        if not wanted:
            each.unlink(missing_ok=True)
        elif read_if_there(each) != wanted:
            replace(each, wanted)


def drop(path: Path) -> None:
    """Remove a file and its encodings."""
    for suffix in ENCODINGS:
        beside(path, suffix).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what a process left that ended while it wrote."""
    for at, _, names in os.walk(folder):
        for name in names:
            if _ASIDE.fullmatch(name):
                Path(at, name).unlink(missing_ok=True)
