"""Pages name their files, so a file that changed must be published anew; and so must figures that count differently."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from services.figure import Weight
from services.status import Status
from statuspage import release


@pytest.mark.parametrize("status", Status)
def test_the_picture_of_each_status_is_watched(status: Status, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "_url", lambda name: f"/static/{name}")
    before = release.release.__wrapped__()
    monkeypatch.setattr(release, "_url", lambda name: f"/static/{name.replace(f'-{status}.', '-changed.')}")
    assert release.release.__wrapped__() != before


def test_code_of_other_rooms_that_the_page_is_made_by_is_watched() -> None:
    root = Path(settings.BASE_DIR)
    watched = {path for pattern in release.SOURCES for path in root.glob(pattern)}
    used = {path for module in root.glob("statuspage/*.py") for path in imported(module, root)}
    assert len(used) > 10
    assert used - watched == set()


def imported(module: Path, root: Path) -> Iterator[Path]:
    """Return the files of services and incidents that a module names."""
    for line in ast.walk(ast.parse(module.read_text())):
        if isinstance(line, ast.ImportFrom) and str(line.module).startswith(
            ("services.", "incidents.", "services", "incidents")
        ):
            place = root / str(line.module).replace(".", "/")
            names = [place.with_suffix(".py"), place / "__init__.py", *(place / f"{one.name}.py" for one in line.names)]
            yield from (path for path in names if path.is_file())


def test_how_much_a_partial_outage_counts_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    before = release.release.__wrapped__()
    monkeypatch.setattr(Weight, "partial", 0.5)
    assert release.release.__wrapped__() != before


def test_every_status_has_a_picture() -> None:
    assert all((settings.BASE_DIR / "static" / f"favicon-{status}.svg").is_file() for status in Status)
