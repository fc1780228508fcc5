from pathlib import Path

import pytest
from django.db import OperationalError

from events.relay import drain, relay_all
from incidents.models import Incident
from services.models import Service
from statuspage import publisher, watch
from statuspage.asking import Question
from statuspage.mirror import Mirror
from statuspage.models import Generation
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


def test_it_takes_what_is_published_and_what_changes(watcher: Watcher, checkout: Service) -> None:
    assert b"operational" in watcher.shelf.held.entries["/status"].document.body
    checkout.set_status("major_outage", by=ANN)
    publisher.consume([])
    look(watcher)
    assert b"Major outage" in watcher.shelf.held.entries["/status"].document.body
    assert watcher.mirror.manifest().generation == watcher.generation  # type: ignore[union-attr]
    assert not watcher.shelf.stale


def test_it_forgets_what_is_gone(watcher: Watcher, checkout: Service) -> None:
    checkout.edit(by=ANN, changes={"public": False})
    publisher.consume([])
    look(watcher)
    assert "/status/services/checkout-api" not in watcher.shelf.held.entries
    assert not any("checkout" in one.path for one in watcher.mirror.load())


def test_it_publishes_by_itself_when_no_worker_does(
    watcher: Watcher, checkout: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "GRACE", -1)
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={checkout: None})
    look(watcher)
    assert b"Cards fail" in watcher.shelf.held.entries["/status"].document.body


def test_it_helps_as_long_as_that_helps(watcher: Watcher, checkout: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy day that is for longer than a stack is deep."""
    monkeypatch.setattr(watch, "GRACE", -1)
    times = iter(range(1_500))
    monkeypatch.setattr(watch, "drain", lambda path: 1 if next(times, None) is not None else drain(path))
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={checkout: None})
    watcher.look()
    assert b"Cards fail" in watcher.shelf.held.entries["/status"].document.body


def test_it_leaves_a_worker_its_time(watcher: Watcher, checkout: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "GRACE", 1000)
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={checkout: None})
    look(watcher)
    assert b"Cards fail" not in watcher.shelf.held.entries["/status"].document.body


def test_another_store_is_taken_whole(watcher: Watcher) -> None:
    Generation.objects.all().delete()
    publisher.publish()
    look(watcher)
    assert watcher.store == Generation.objects.get().store
    assert "/status" in watcher.shelf.held.entries


def test_a_database_that_fails_leaves_the_page_as_it_was(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Question) -> None:
        raise OperationalError("gone")

    before = watcher.shelf.held
    monkeypatch.setattr(Question, "ask", fail)
    monkeypatch.setattr("statuspage.watch.connections.close_all", lambda: None)
    assert watcher._look_safely(watcher.look) == watch.BACK_OFF
    assert watcher.shelf.held is before


def test_a_cold_start_without_a_database_takes_the_files(watcher: Watcher, tmp_path: Path) -> None:
    cold = Watcher(Shelf(), Mirror(tmp_path))
    cold._recall()
    assert cold.shelf.held.entries.keys() == watcher.shelf.held.entries.keys()
    assert cold.shelf.stale
    assert cold.shelf.confirmed_at is not None
