"""Whoever keeps the page true waits neither for the disk nor for another process that writes there."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from events.relay import relay_all
from services.models import Service
from statuspage.mirror import Mirror
from statuspage.models import Published
from statuspage.shelf import Shelf
from statuspage.watch import Watcher
from tests.statuspage.conftest import ANN, look

pytestmark = pytest.mark.django_db


class SlowDisk(Mirror):
    """A mirror that says when it is asked for changes, and waits with them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked, self.goes_on = threading.Event(), threading.Event()

    def change(self, *args: Any) -> bool:
        self.asked.set()
        assert self.goes_on.wait(60)
        return super().change(*args)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Write there, as another process does."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def files(mirror: Mirror) -> dict[str, bytes]:
    return {held.path: held.body for held in mirror.load()}


def published() -> dict[str, bytes]:
    return {row.path: bytes(row.body) for row in Published.objects.filter(gone=False)}


@pytest.fixture
def watcher(shelf: Shelf, tmp_path: Path, checkout: Service) -> Watcher:
    relay_all()
    watcher = Watcher(shelf, SlowDisk(tmp_path))
    look(watcher)
    return watcher


def say(checkout: Service, watcher: Watcher, words: str) -> None:
    checkout.set_status("degraded", by=ANN, message=words)
    relay_all()
    watcher.look()
    assert words.encode() in watcher.shelf.held.entries["/status"].document.body


def test_while_the_disk_hangs_the_page_goes_on_and_the_newest_is_written_in_the_end(
    watcher: Watcher, checkout: Service
) -> None:
    disk = watcher.mirror
    assert isinstance(disk, SlowDisk)
    watcher.copier.start()
    say(checkout, watcher, "First.")
    assert disk.asked.wait(60)
    say(checkout, watcher, "Second.")
    checkout.edit(by=ANN, changes={"public": False})
    relay_all()
    watcher.look()
    assert not watcher.shelf.stale
    disk.goes_on.set()
    watcher.copier.stop()
    assert files(disk) == published()


def test_while_another_process_writes_nothing_waits(watcher: Watcher, checkout: Service, tmp_path: Path) -> None:
    assert isinstance(watcher.mirror, SlowDisk)
    watcher.mirror.goes_on.set()
    with locked(tmp_path):
        say(checkout, watcher, "First.")
        watcher.copier.copy()
        assert b"First." not in files(watcher.mirror)["/status"]
        say(checkout, watcher, "Second.")
    watcher.copier.copy()
    assert files(watcher.mirror) == published()
