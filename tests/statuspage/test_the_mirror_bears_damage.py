"""Files that are damaged are left out one by one; whatever else can be read is served, and mended when it can be."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from statuspage import files
from statuspage.document import HTML, JSON, SVG, Document, document
from statuspage.mirror import Mirror
from statuspage.shelf import Shelf
from statuspage.watch import Watcher

STORE = UUID("00000000-0000-4000-8000-000000000001")


def make(path: str, content_type: str = HTML, text: str = "words " * 200) -> Document:
    return document(path, content_type, f"{path} {text}".encode())


DOCUMENTS = [make("/status"), make("/api/v1/status", JSON), make("/status/badge.svg", SVG, "small")]


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    mirror = Mirror(tmp_path)
    mirror.fill(STORE, 3, DOCUMENTS)
    return mirror


def paths(mirror: Mirror) -> set[str]:
    return {held.path for held in mirror.load()}


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{", "null", '"x"', "{}", '{"store": 1, "generation": 2}', '{"store": "x", "generation": 2}'),
        *('{"store": "' + str(STORE) + '", "generation": Infinity}', "[" * 100_000, "\x00\xff"),
    ],
)
def test_without_a_manifest_the_pages_are_as_old_as_their_files(mirror: Mirror, tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert mirror.manifest() is None
    shelf = Shelf()
    Watcher(shelf, mirror)._recall()
    assert shelf.held.entries.keys() == {held.path for held in DOCUMENTS}
    assert shelf.stale
    newest = max(held.stat().st_mtime for held in (tmp_path / "www").rglob("*.*"))
    assert shelf.confirmed_at is not None
    assert abs(shelf.confirmed_at.timestamp() - newest) < 60
    assert not mirror.confirm(STORE, 3, datetime.now(UTC))


@pytest.mark.parametrize("damage", [lambda body: body[:-1], lambda body: body[:5], lambda _: b"other", lambda _: b""])
def test_a_damaged_file_is_left_out(mirror: Mirror, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "www/status.html"
    file.write_bytes(damage(file.read_bytes()))
    assert paths(mirror) == {"/api/v1/status", "/status/badge.svg"}


def test_a_file_that_cannot_be_read_is_left_out(mirror: Mirror, tmp_path: Path) -> None:
    file = tmp_path / "www/status.html"
    file.unlink()
    file.symlink_to(tmp_path)
    assert paths(mirror) == {"/api/v1/status", "/status/badge.svg"}


def test_a_damaged_encoding_is_not_sent(mirror: Mirror, tmp_path: Path) -> None:
    file = tmp_path / "www/status.html.gz"
    file.write_bytes(file.read_bytes()[:-1])
    held = next(held for held in mirror.load() if held.path == "/status")
    assert (held.body, held.gzip, held.brotli) == (DOCUMENTS[0].body, b"", DOCUMENTS[0].brotli)


@pytest.mark.parametrize("sums", [None, "", "garbage", "a b c d\n", "\x00" * 500])
def test_without_sums_the_pages_are_believed(mirror: Mirror, tmp_path: Path, sums: str | None) -> None:
    (tmp_path / "sums").unlink()
    if sums is not None:
        (tmp_path / "sums").write_text(sums)
    assert paths(mirror) == {held.path for held in DOCUMENTS}


def test_a_file_is_whole_whenever_the_writing_ends(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    new = [make("/status", text="new " * 200), make("/api/v1/status", JSON, "new " * 200)]
    monkeypatch.setattr(files, "replace", full_after(4))
    with pytest.raises(OSError, match="full"):
        mirror.change(STORE, 3, 4, new, [])
    bodies = {held.path: held.body for held in mirror.load()}
    assert bodies == {held.path: held.body for held in (new[0], *DOCUMENTS[1:])}


def test_doubted_files_are_compared_and_mended(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "www/status.html").write_bytes(b"other")
    (tmp_path / "www/status/extra.html").write_bytes(b"other")
    mirror.fill(STORE, 3, DOCUMENTS)
    assert (tmp_path / "www/status.html").read_bytes() == b"other"
    mirror.fill(STORE, 3, DOCUMENTS, doubted=True)
    assert (tmp_path / "www/status.html").read_bytes() == DOCUMENTS[0].body
    assert not (tmp_path / "www/status/extra.html").exists()


def test_the_sums_are_written_anew_before_they_grow_without_bound(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statuspage.sums.LARGE", 500)
    for number in range(4, 20):
        new = [make("/status", text=str(number)), *DOCUMENTS[1:]]
        if not mirror.change(STORE, number - 1, number, new[:1], []):
            mirror.fill(STORE, number, new)
        assert (tmp_path / "sums").stat().st_size < 700
        assert len(mirror.load()) == 3


def test_on_a_full_disk_what_is_hidden_goes_and_nothing_is_left_over(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, hidden = [make("/status", text="new")], ["/api/v1/status"]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_half)
        with pytest.raises(OSError, match="full"):
            mirror.change(STORE, 3, 4, new, hidden)
        assert not (tmp_path / "www/api/v1/status.json").exists()
        with pytest.raises(OSError, match="full"):
            mirror.fill(STORE, 4, new)
    assert not (tmp_path / "www/status/badge.svg").exists()
    assert not list((tmp_path / "www").rglob(".*"))
    assert not mirror.confirm(STORE, 4, datetime.now(UTC))
    mirror.fill(STORE, 4, new)
    assert [held.body for held in mirror.load()] == [b"/status new"]


def test_what_a_process_left_that_was_killed_is_swept(mirror: Mirror, tmp_path: Path) -> None:
    left = [tmp_path / "www/.status.html.4711", tmp_path / ".manifest.json.4711"]
    for file in left:
        file.write_bytes(b"half")
    mirror.fill(STORE, 3, DOCUMENTS, doubted=True)
    assert not any(file.exists() for file in left)


def full_after(count: int) -> Callable[[Path, bytes], None]:
    """Return a way of writing that works so many times."""
    left = iter(range(count))
    write = files.replace

    def replace(path: Path, body: bytes) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "The disk is full.")
        write(path, body)

    return replace


def write_half(path: Path, body: bytes) -> int:
    """Write as a full disk does."""
    with path.open("wb") as file:
        file.write(body[: len(body) // 2])
    raise OSError(errno.ENOSPC, "The disk is full.")
