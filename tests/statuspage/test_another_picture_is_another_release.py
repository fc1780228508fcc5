"""Pages name their files, so a file that changed must be published anew; and so must figures that count differently."""

from __future__ import annotations

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


def test_how_much_a_partial_outage_counts_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    before = release.release.__wrapped__()
    monkeypatch.setattr(Weight, "partial", 0.5)
    assert release.release.__wrapped__() != before


def test_every_status_has_a_picture() -> None:
    assert all((settings.BASE_DIR / "static" / f"favicon-{status}.svg").is_file() for status in Status)
