"""A copy of the public page in a folder follows each change, and what is hidden vanishes from it, whatever happens."""

from __future__ import annotations

import errno
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from events.relay import relay_all
from incidents.models import Incident
from services.models import Service
from statuspage import files
from statuspage.mirror import Mirror
from statuspage.shelf import Shelf
from statuspage.site.folder import Folder
from statuspage.site.site import Site
from statuspage.watch import Watcher
from tests.statuspage.conftest import ANN, look
from tests.statuspage.copies import below, collected, dead_links

pytestmark = pytest.mark.django_db
OWN = "status/services/checkout-api/index.html"


@pytest.fixture(autouse=True)
def statics() -> Iterator[None]:
    with collected():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "www"


@pytest.fixture
def process(tmp_path: Path, folder: Path, checkout: Service) -> Callable[[], Watcher]:
    """Start one more web process that keeps the copy."""
    relay_all()

    def start() -> Watcher:
        site = Site(Folder(folder), str(folder))
        watcher = Watcher(Shelf(), Mirror(tmp_path / "mirror"), [site])
        look(watcher)
        return watcher

    return start


@pytest.fixture
def watcher(process: Callable[[], Watcher]) -> Watcher:
    return process()


def hide(service: Service) -> None:
    service.edit(by=ANN, changes={"public": False})
    relay_all()


def as_of(folder: Path) -> dict[str, object]:
    held: dict[str, object] = json.loads((folder / "status/as-of.json").read_text())
    return held


def test_it_holds_the_whole_public_site_with_links_that_lead_somewhere(watcher: Watcher, folder: Path) -> None:
    held = below(folder)
    assert {"index.html", "404.html", "status/index.html", OWN, "status/rss.xml", "status/atom.xml"} <= held
    assert {"status/badge.svg", "status/calendar.ics", "api/v1/status.json", "static/public.css"} <= held
    assert {"status/widget.js", "status/widget.json", "status/og.png", "status/search/index.html"} <= held
    # They would speak for whatever else is served beside the copy.
    assert not held & {"robots.txt", "sitemap.xml"}
    assert dead_links(folder, settings.SITE_URL) == []
    page = folder / "status/index.html"
    assert gzip.decompress((folder / "status/index.html.gz").read_bytes()) == page.read_bytes()
    assert f'<a href="{settings.SITE_URL}/status/subscribe">Subscribe</a></p>' in page.read_text()
    assert "<form" not in page.read_text(), "What another site sends would be refused."


def test_each_change_is_taken_over(watcher: Watcher, folder: Path, checkout: Service) -> None:
    incident = Incident.declare(by=ANN, title="Slow", body="", severity="high", services={checkout: None})
    relay_all()
    look(watcher)
    assert f"status/incidents/{incident.pk}/index.html" in below(folder)
    assert "Slow" in (folder / "status/index.html").read_text()
    assert dead_links(folder, settings.SITE_URL) == []


def test_what_is_hidden_vanishes_with_its_folder(watcher: Watcher, folder: Path, checkout: Service) -> None:
    hide(checkout)
    look(watcher)
    assert not (folder / "status/services").exists()
    assert "Checkout" not in "".join(path.read_text() for path in folder.rglob("*.html"))


def test_what_was_hidden_while_nobody_ran_vanishes_at_the_start(
    watcher: Watcher, process: Callable[[], Watcher], folder: Path, checkout: Service
) -> None:
    hide(checkout)
    process()
    assert OWN not in below(folder)


def test_another_release_writes_it_anew(
    watcher: Watcher, process: Callable[[], Watcher], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / OWN).write_text("as before")
    process()
    assert (folder / OWN).read_text() == "as before", "What says that it is current is believed."
    monkeypatch.setattr("statuspage.site.pages.release", lambda: "another")
    process()
    assert "Checkout" in (folder / OWN).read_text()


def test_a_crash_in_the_middle_is_made_up_for(
    watcher: Watcher, process: Callable[[], Watcher], folder: Path, checkout: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Service.add(by=ANN, name="Other", public=True)
    relay_all()
    with monkeypatch.context() as patch:
        patch.setattr(Site, "_note", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            look(watcher)
    hide(other)
    process()
    assert below(folder) >= {OWN}
    assert "status/services/other/index.html" not in below(folder)


def test_a_full_disk_is_said_and_hides_all_the_same(
    watcher: Watcher, folder: Path, checkout: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    hide(checkout)
    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", full)
        look(watcher)
    assert OWN not in below(folder)
    assert "Checkout" not in str(list(watcher.shelf.held.entries)), "The page itself goes on."
    look(watcher)
    assert "Checkout" not in (folder / "status/index.html").read_text()


def test_files_of_somebody_else_are_left_alone(process: Callable[[], Watcher], folder: Path) -> None:
    folder.mkdir()
    (folder / "CNAME").write_text("status.example.com")
    process()
    assert {"CNAME", OWN} <= below(folder)


def test_a_folder_that_is_not_ours_is_refused(folder: Path, checkout: Service) -> None:
    (folder / "status").mkdir(parents=True)
    (folder / "status/mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not ours"):
        call_command("publish", to=str(folder))
    assert below(folder) == {"status/mine.txt"}


def test_the_command_mends_what_was_damaged(folder: Path, checkout: Service) -> None:
    call_command("publish", to=str(folder), verbosity=0)
    page = folder / "status/index.html"
    whole, before = page.read_bytes(), as_of(folder)
    page.write_text("damaged")
    (folder / "status/old.html").write_text("old")
    call_command("publish", to=str(folder), verbosity=0)
    assert page.read_bytes() == whole
    assert not (folder / "status/old.html").exists()
    assert as_of(folder)["sum"] == before["sum"]


@pytest.mark.parametrize("to", ["ftp://host/x", "s3://", "s3://key:secret@bucket"])
def test_a_place_that_makes_no_sense_is_refused(to: str) -> None:
    with pytest.raises(CommandError, match="must be a folder, or a bucket"):
        call_command("publish", to=to)
