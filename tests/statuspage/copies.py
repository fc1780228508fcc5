"""Copies of the public page for tests, and links of a page looked up in the folder."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage

from tests.product import ROOT


@contextmanager
def collected() -> Iterator[None]:
    """Have the static files that pages name where collecting would put them."""
    target = Path(staticfiles_storage.path(""))
    made = [target / path.name for path in (ROOT / "static").iterdir() if path.is_file()]
    for path in made:
        shutil.copy(ROOT / "static" / path.name, path)
    yield
    for path in made:
        path.unlink(missing_ok=True)


def below(folder: Path) -> set[str]:
    """Return the names of all files, without encodings."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if not name.endswith((".gz", ".br"))}


def dead_links(folder: Path, site: str) -> list[str]:
    """Return every link of every page that leads neither to a file nor to the server's own addresses."""
    dead = []
    for name in below(folder):
        if not name.endswith(".html"):
            continue
        for link in re.findall(r'\b(?:href|src|action)="([^"#]+)[^"]*"', (folder / name).read_text()):
            target = folder / posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
            if not link.startswith(site) and not (target.is_file() or (target / "index.html").is_file()):
                dead.append(f"{name}: {link}")
    return dead
