"""The watcher keeps the mirror what the database says, through damage, a full disk and a database that went back."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from events.relay import relay_all
from services.models import Service
from statuspage import files, publisher, store
from statuspage.document import etag
from statuspage.mirror import Mirror
from statuspage.models import Generation, Published
from statuspage.shelf import Shelf
from statuspage.watch import Watcher
from tests.statuspage.conftest import ANN, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def watcher(shelf: Shelf, tmp_path: Path, checkout: Service) -> Watcher:
    relay_all()
    watcher = Watcher(shelf, Mirror(tmp_path))
    look(watcher)
    return watcher


def on_disk(watcher: Watcher) -> dict[str, bytes]:
    return {held.path: held.body for held in watcher.mirror.load()}


def published() -> dict[str, bytes]:
    return {row.path: bytes(row.body) for row in Published.objects.filter(gone=False)}


def go_back(rows: list[Published], generation: Generation) -> None:
    Published.objects.all().delete()
    Published.objects.bulk_create(rows)
    generation.save()


@pytest.mark.parametrize("restarted", [True, False], ids=["restarted meanwhile", "running on"])
def test_a_restored_database_replaces_the_lost_timeline(watcher: Watcher, checkout: Service, restarted: bool) -> None:
    rows, generation = list(Published.objects.all()), Generation.objects.get()
    checkout.set_status("major_outage", by=ANN, message="Lost.")
    Service.add(by=ANN, name="Lost", public=True)
    relay_all()
    look(watcher)
    assert "/status/services/lost" in on_disk(watcher)
    go_back(rows, generation)
    watcher = Watcher(Shelf(), watcher.mirror) if restarted else watcher
    look(watcher)
    assert on_disk(watcher) == published()
    manifest = watcher.mirror.manifest()
    assert manifest is not None
    assert manifest.generation == generation.number


def test_a_restored_database_that_has_the_same_number_again_is_noticed_at_the_start(
    watcher: Watcher, checkout: Service
) -> None:
    document = store.as_document(Published.objects.get(path="/status"))
    Published.objects.filter(path="/status").update(body=b"restored", gzip=b"", brotli=b"", etag=etag(b"restored"))
    assert on_disk(watcher)["/status"] == document.body
    look(Watcher(Shelf(), watcher.mirror))
    assert on_disk(watcher)["/status"] == b"restored"


def test_after_a_full_disk_the_files_are_made_up_for_without_another_change(
    watcher: Watcher, checkout: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "The disk is full.")

    checkout.edit(by=ANN, changes={"public": False})
    publisher.consume([])
    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", full)
        look(watcher)
        assert not watcher.shelf.stale
        assert not any("checkout" in path for path in on_disk(watcher))
        assert on_disk(watcher) != published()
    look(watcher)
    assert on_disk(watcher) == published()


def test_a_manifest_that_was_spoilt_is_written_again(watcher: Watcher, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[]")
    look(watcher)
    manifest = watcher.mirror.manifest()
    assert manifest is not None
    assert manifest.generation == watcher.generation


def test_whatever_lies_on_disk_the_watcher_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TypeError("Nobody thought of this.")

    monkeypatch.setattr(Mirror, "load", fail)
    monkeypatch.setattr(Watcher, "_run", lambda self: self._looked.set())
    watcher = Watcher(Shelf(), Mirror(tmp_path))
    watcher.start()
    assert watcher._looked.is_set()
    watcher.stop()
