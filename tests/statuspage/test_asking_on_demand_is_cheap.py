"""Strangers may ask for anything: only what is old and public is kept, and nothing else takes the store's lock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from services.models import Service
from statuspage import publisher, store
from statuspage.models import Published
from tests.statuspage.conftest import ANN

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-4000-8000-000000000000"
LONG_AGO = timezone.now() - timedelta(days=500)


@pytest.fixture(autouse=True)
def history(checkout: Service) -> None:
    Incident.declare(by=ANN, title="Long ago", severity="low", services={checkout: None}, now=LONG_AGO).resolve(by=ANN)
    relay_all()


def on_demand() -> int:
    return Published.objects.filter(ahead=False).count()


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"])
def test_a_month_has_one_spelling(client: Client, digits: str) -> None:
    month = f"{LONG_AGO:%Y-%m}"
    assert client.get("/status/history", {"month": month}).status_code == 200
    kept = on_demand()
    assert (
        client.get(
            "/status/history", {"month": month.translate(dict(zip(b"0123456789", digits, strict=True)))}
        ).status_code
        == 404
    )
    assert on_demand() == kept


@pytest.mark.parametrize(
    "address",
    [
        f"/status/incidents/{NOBODY}",
        f"/api/v1/status/incidents/{NOBODY}",
        *("/status/services/none", "/status/history?month=1999-01", "/status/history?month=9999-12"),
        *("/status/history?month=0000-00", "/status/history?month=x", "/status/rss?service=none"),
    ],
)
def test_what_is_not_there_takes_no_lock(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> None:
        raise AssertionError("The lock of the store was taken.")

    monkeypatch.setattr(store, "writing", locked)
    assert client.get(address).status_code == 404
    assert on_demand() == 0


def test_an_incident_read_before_it_is_published_is_published_all_the_same(client: Client, checkout: Service) -> None:
    young = Incident.declare(by=ANN, title="Cards fail", severity="high", services={checkout: None})
    paths = [f"/status/incidents/{young.pk}", f"/api/v1/status/incidents/{young.pk}"]
    for path in paths:
        assert b"Cards fail" in client.get(path).content
    assert on_demand() == 0
    relay_all()
    assert Published.objects.filter(path__in=paths, gone=False, ahead=True).count() == 2
    young.post_update(by=ANN, message="Half of them.")
    relay_all()
    assert all(b"Half of them." in client.get(path).content for path in paths)


def test_what_was_kept_on_demand_and_is_rendered_ahead_now_stays(client: Client, checkout: Service) -> None:
    old = Incident.objects.get()
    path = f"/status/incidents/{old.pk}"
    client.get(path)
    assert on_demand() == 2
    old.reopen(by=ANN, message="Again.")
    relay_all()
    assert Published.objects.get(path=path, gone=False).ahead is True
    assert publisher.publish() == 0


def test_the_same_bytes_rendered_ahead_count_as_ahead(client: Client) -> None:
    path = f"/status/incidents/{Incident.objects.get().pk}"
    client.get(path)
    document = store.as_document(Published.objects.get(path=path))
    with store.writing() as generation:
        assert store.put(generation, [document], {path}) == 1
    row = Published.objects.get(path=path)
    assert (row.ahead, row.gone, bytes(row.body)) == (True, False, document.body)
