"""What was rendered on demand follows every change of the incidents that it shows, and no change of private ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from services.models import Service
from statuspage.memory import Memory
from statuspage.mirror import Mirror
from statuspage.models import Generation, Published
from statuspage.shelf import Shelf
from statuspage.watch import Watcher
from tests.statuspage.conftest import ANN, look

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=500)


def declare(title: str, services: list[Service], *, public: bool = True, ago: timedelta = timedelta()) -> Incident:
    at = LONG_AGO - ago
    chosen = dict.fromkeys(services)
    incident = Incident.declare(by=ANN, title=title, severity="low", services=chosen, public=public, now=at)
    incident.resolve(by=ANN, now=at + timedelta(hours=1))
    return incident


def addresses(incident: Incident) -> list[str]:
    return [
        *(f"/status/incidents/{incident.pk}", f"/api/v1/status/incidents/{incident.pk}"),
        f"/status/history?month={incident.created_at:%Y-%m}",
    ]


@pytest.fixture(params=["no service", "a private service"])
def old(request: pytest.FixtureRequest, checkout: Service) -> Incident:
    hidden = Service.add(by=ANN, name="Hidden", public=False)
    incident = declare("Long ago", [hidden] if request.param == "a private service" else [])
    # History does not begin with it.
    declare("Before", [], ago=timedelta(days=100))
    relay_all()
    return incident


@pytest.fixture(params=["in a running process", "in one that has just started"])
def another(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Publish from what is remembered, or from nothing."""
    if request.param == "in one that has just started":
        monkeypatch.setattr(Memory, "recall", lambda *_: None)
    return monkeypatch


@pytest.mark.usefixtures("another")
def test_made_internal_it_is_nowhere(old: Incident, client: Client, tmp_path: Path) -> None:
    watcher = Watcher(Shelf(), Mirror(tmp_path))
    for address in addresses(old):
        assert b"Long ago" in client.get(address).content
    look(watcher)
    assert any(b"Long ago" in file.read_bytes() for file in tmp_path.rglob("*.html"))
    old.edit(by=ANN, changes={"public": False})
    relay_all()
    look(watcher)
    for address in addresses(old):
        assert b"Long ago" not in client.get(address).content
    assert not any(b"Long ago" in bytes(row.body) for row in Published.objects.all())
    assert not any(b"Long ago" in entry.document.body for entry in watcher.shelf.held.entries.values())
    assert not any(b"Long ago" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


@pytest.mark.usefixtures("another")
def test_its_new_title_is_everywhere(old: Incident, client: Client) -> None:
    for address in addresses(old):
        client.get(address)
    old.edit(by=ANN, changes={"title": "Corrected"})
    relay_all()
    for address in addresses(old):
        assert b"Corrected" in client.get(address).content


@pytest.mark.usefixtures("another")
def test_without_the_first_incident_history_begins_later(old: Incident, client: Client) -> None:
    first = Incident.objects.earliest("created_at")
    kept = [address for address in addresses(first) if client.get(address).status_code == 200]
    assert len(kept) == 3
    first.edit(by=ANN, changes={"public": False})
    relay_all()
    assert [client.get(address).status_code for address in kept] == [404] * 3
    assert b"Long ago" in client.get(addresses(old)[2]).content


@pytest.mark.usefixtures("another")
def test_what_is_private_changes_without_a_trace(old: Incident, client: Client) -> None:
    secret = declare("Canary", [], public=False)
    relay_all()
    for address in addresses(old):
        client.get(address)
    before = Generation.objects.values_list("number", "published_at").get()
    secret.edit(by=ANN, changes={"title": "Canary, again"})
    old.post_update(by=ANN, message="Between us.", public=False)
    Incident.declare(by=ANN, title="Canary of today", severity="low", public=False, services={})
    relay_all()
    assert Generation.objects.values_list("number", "published_at").get() == before
    assert Published.objects.filter(path__in=addresses(old), gone=False).count() == 3
