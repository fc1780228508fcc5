from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from statuspage.document import HTML, JSON, SVG, Document, document
from statuspage.mirror import Mirror

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STORE = uuid4()


def make(path: str, content_type: str = HTML, text: str = "words " * 200) -> Document:
    return document(path, content_type, f"{path} {text}".encode())


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    return Mirror(tmp_path)


def test_what_is_written_is_read_again(mirror: Mirror) -> None:
    documents = [
        make("/status"),
        make("/status/history?month=2026-11"),
        make("/api/v1/status", JSON),
        make("/api/v2/status.json", JSON),
        make("/status/services/a-b_c/badge.svg", SVG, "small"),
    ]
    mirror.fill(STORE, 3, documents)
    assert sorted(mirror.load(), key=lambda one: one.path) == sorted(documents, key=lambda one: one.path)
    held = mirror.manifest()
    assert held is not None
    assert (held.store, held.generation) == (STORE, 3)


def test_the_files_are_where_a_web_server_looks(mirror: Mirror, tmp_path: Path) -> None:
    mirror.fill(STORE, 1, [make("/status"), make("/api/v1/status", JSON)])
    for name in ("status.html", "status.html.gz", "status.html.br", "api/v1/status.json"):
        assert (tmp_path / "www" / name).is_file()


def test_what_is_gone_is_gone_with_its_encodings(mirror: Mirror, tmp_path: Path) -> None:
    mirror.fill(STORE, 1, [make("/status"), make("/status/services/a")])
    assert mirror.change(STORE, 1, 2, [make("/status", text="new")], ["/status/services/a"])
    assert [one.path for one in mirror.load()] == ["/status"]
    assert list((tmp_path / "www/status/services").iterdir()) == []
    assert not (tmp_path / "www/status.html.gz").exists()


def test_changes_that_another_process_has_written_already_are_left_alone(mirror: Mirror) -> None:
    mirror.fill(STORE, 5, [make("/status", text="new")])
    assert mirror.change(STORE, 3, 4, [make("/status", text="old")], [])
    assert b"new" in mirror.load()[0].body


def test_a_smaller_number_of_the_same_store_is_a_database_that_went_back(mirror: Mirror) -> None:
    mirror.fill(STORE, 5, [make("/status", text="lost"), make("/status/incidents/lost")])
    assert mirror.confirm(STORE, 4, NOW), "Another process may be ahead."
    mirror.fill(STORE, 4, [make("/status", text="restored")])
    assert [one.body for one in mirror.load()] == [b"/status restored"]


def test_files_that_lag_behind_are_not_confirmed(mirror: Mirror) -> None:
    assert not mirror.confirm(STORE, 1, NOW)
    mirror.fill(STORE, 1, [make("/status")])
    assert mirror.confirm(STORE, 1, NOW)
    assert mirror.confirmed_at() == NOW
    assert not mirror.confirm(STORE, 2, NOW)
    assert not mirror.confirm(uuid4(), 1, NOW)


def test_changes_that_do_not_follow_ask_for_everything(mirror: Mirror) -> None:
    assert not mirror.change(STORE, 1, 2, [], [])
    mirror.fill(STORE, 1, [make("/status")])
    assert not mirror.change(STORE, 2, 3, [], [])
    assert not mirror.change(uuid4(), 1, 2, [], [])


def test_another_store_replaces_all(mirror: Mirror) -> None:
    mirror.fill(STORE, 9, [make("/status"), make("/status/services/a")])
    mirror.fill(uuid4(), 1, [make("/status")])
    assert [one.path for one in mirror.load()] == ["/status"]


def test_no_address_leads_out(mirror: Mirror) -> None:
    with pytest.raises(ValueError, match="leads out"):
        mirror.fill(STORE, 1, [make("/../../etc/passwd")])


def test_an_empty_folder_is_no_mirror(mirror: Mirror) -> None:
    assert mirror.manifest() is None
    assert mirror.confirmed_at() is None
    assert mirror.load() == []
