"""Of several processes one writes to a place at a time, and none that is late brings back what was hidden."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from console.notices import notices
from events.relay import relay_all
from services.models import Service
from statuspage import metrics, store
from statuspage.document import Document
from statuspage.models import Copy, Generation
from statuspage.site.file import File
from statuspage.site.folder import Folder
from statuspage.site.site import EVERY, Site
from tests.statuspage.conftest import ANN
from tests.statuspage.copies import below, collected

pytestmark = pytest.mark.django_db
OWN = "status/services/checkout-api/index.html"
PLACE = "/srv/status"


class Slow(Folder):
    """Loses its turn to somebody else while it writes."""

    def write(self, file: File) -> None:
        super().write(file)
        Copy.objects.update(token=None, held_until=None)


def newest() -> tuple[UUID, int, list[Document]]:
    generation = Generation.objects.get()
    documents = [store.as_document(row) for row in store.since(0) if not row.gone]
    return generation.store, generation.number, documents


@pytest.fixture
def late(checkout: Service) -> tuple[UUID, int, list[Document]]:
    """What a process holds that has not yet heard that the service was hidden."""
    relay_all()
    known = newest()
    checkout.edit(by=ANN, changes={"public": False})
    relay_all()
    return known


def test_who_is_late_writes_nothing(tmp_path: Path, late: tuple[UUID, int, list[Document]]) -> None:
    with collected(), pytest.raises(BlockingIOError, match="newer"):
        Site(Folder(tmp_path), PLACE).fill(*late)
    assert below(tmp_path) == set()


def test_while_one_writes_the_others_wait_and_after_a_crash_not_for_good(tmp_path: Path, checkout: Service) -> None:
    relay_all()
    Copy.objects.create(place=PLACE, token=UUID(int=1), held_until=Now() + timedelta(seconds=30))
    site = Site(Folder(tmp_path), PLACE)
    with collected():
        with pytest.raises(BlockingIOError, match="Another process"):
            site.fill(*newest())
        Copy.objects.update(held_until=Now() - timedelta(seconds=1))
        site.fill(*newest())
    assert OWN in below(tmp_path)


def test_who_has_lost_its_turn_stops_and_compares_everything_next_time(
    tmp_path: Path, checkout: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay_all()
    monkeypatch.setattr("statuspage.site.lease.RENEWED", 0.0)
    site = Site(Slow(tmp_path), PLACE)
    with collected():
        with pytest.raises(BlockingIOError, match="has begun"):
            site.fill(*newest())
        site.place = Folder(tmp_path)
        (tmp_path / "status/old.html").write_text("old")
        site.fill(*newest())
    assert OWN in below(tmp_path)
    assert "status/old.html" not in below(tmp_path)


def test_the_copy_is_said_to_be_true_now_and_then_and_not_by_everybody(tmp_path: Path, checkout: Service) -> None:
    relay_all()
    known, other = Site(Folder(tmp_path), PLACE), Site(Folder(tmp_path), PLACE)
    with collected():
        known.fill(*newest())
    at = timezone.now() + EVERY * 2
    assert known.confirm(*newest()[:2], at)
    first = known.as_of()
    assert first is not None
    assert first.at == at.replace(microsecond=0)
    assert other.confirm(*newest()[:2], at + EVERY / 2)
    assert other.as_of() == first
    assert not other.confirm(newest()[0], newest()[1] + 1, at + EVERY * 3), "What lags is not confirmed."


def test_what_cannot_be_written_is_said_until_it_can(tmp_path: Path, checkout: Service, settings: object) -> None:
    settings.PUBLISH_TO = PLACE  # type: ignore[attr-defined]
    relay_all()
    with pytest.raises(OSError, match="collectstatic"):
        Site(Folder(tmp_path), PLACE).fill(*newest())
    [said] = [notice.text for notice in notices(timezone.now()) if PLACE in notice.text]
    assert "has not been brought up to date for" in said
    assert "collectstatic" in said
    assert figures()["opstatus_copy_failing"] == 1
    with collected():
        Site(Folder(tmp_path), PLACE).fill(*newest())
    assert not [notice for notice in notices(timezone.now()) if PLACE in notice.text]
    assert figures()["opstatus_copy_failing"] == 0
    assert figures()["opstatus_copy_age_seconds"] < 60


def figures() -> dict[str, float]:
    return {metric.name: metric.samples[0].value for metric in metrics.collect(everything=False)}
