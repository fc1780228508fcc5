"""A window from its plan to history, on every public surface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.relay import relay_all
from services.models import Maintenance, Service
from statuspage import publisher, store
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import HOUR, plan

pytestmark = pytest.mark.django_db
DAY = 24 * HOUR


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    """Stop the clock: no hour or month turns in the middle of a test."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def published(address: str) -> str:
    relay_all()
    found = store.get(address)
    return bytes(found.body).decode(errors="replace") if found else ""


def windows(address: str = "/api/v1/status", name: str = "scheduled_maintenance") -> Any:
    return json.loads(published(address))[name]


@pytest.fixture
def window(checkout: Service) -> Maintenance:
    return plan("New disks", checkout, description="We **replace** two disks.")


def test_a_plan_shows_on_the_page_its_own_page_its_services_and_in_json(window: Maintenance) -> None:
    page = published("/status")
    assert page.index('id="services"') < page.index('id="maintenance"') < page.index('id="past"')
    for address in ("/status", "/status/services/checkout-api"):
        assert f'href="/status/maintenance/{window.pk}">New disks</a>' in published(address), address
    own = published(f"/status/maintenance/{window.pk}")
    assert all(words in own for words in ("Scheduled", "<strong>replace</strong>", "Checkout API", "Add to calendar"))
    (line,) = windows()
    assert (line["id"], line["status"]) == (str(window.pk), "scheduled")
    assert [service["slug"] for service in line["services"]] == ["checkout-api"]
    assert windows("/api/v1/status/maintenance", "maintenance_windows") == [line]


def test_under_way_it_is_named_at_the_top_and_at_its_service(window: Maintenance) -> None:
    window.start(by=ANN, message="The first disk is out.")
    page = published("/status")
    assert "Under way: <a" in page[: page.index('id="services"')]
    assert f"/status/maintenance/{window.pk}" in page[page.index('id="s-checkout-api"') :].split("</li>")[0]
    assert "The first disk is out." in page
    assert "<h1>Maintenance of Checkout API</h1>" in page
    assert windows()[0]["started_at"]


def test_when_it_is_over_it_is_history(window: Maintenance) -> None:
    window.start(by=ANN)
    published("/status")
    window.complete(by=ANN, message="All disks are new.")
    assert "New disks" not in published("/status")
    assert windows() == []
    assert windows("/api/v1/status/maintenance", "maintenance_windows")[0]["status"] == "completed"
    month = timezone.now().strftime("%Y-%m")
    for address in ("/status/history", f"/status/history?month={month}", "/status/services/checkout-api"):
        assert "New disks" in published(address), address
    assert "All disks are new." in published(f"/status/maintenance/{window.pk}")


def test_what_is_called_off_leaves_the_page_and_says_so_at_its_address(window: Maintenance) -> None:
    published("/status")
    window.cancel(by=ANN, message="The supplier could not come.")
    for address in ("/status", "/status/history", "/status/services/checkout-api"):
        assert "New disks" not in published(address), address
    assert windows("/api/v1/status/maintenance", "maintenance_windows") == []
    own = published(f"/status/maintenance/{window.pk}")
    assert all(words in own for words in ("Cancelled", "Was planned for", "The supplier could not come."))


def test_made_internal_it_is_gone_everywhere(window: Maintenance, client: Client) -> None:
    relay_all()
    addresses = [row.path for row in store.since(0)]
    assert f"/status/maintenance/{window.pk}" in addresses
    window.edit(by=ANN, changes={"public": False})
    assert not [address for address in addresses if "New disks" in published(address)]
    assert client.get(f"/status/maintenance/{window.pk}").status_code == 404


def test_a_window_moves_everywhere(window: Maintenance) -> None:
    published("/status")
    start = (timezone.now() + 5 * DAY).replace(microsecond=0)
    window.edit(by=ANN, changes={"scheduled_start": start, "scheduled_end": start + HOUR})
    written = f"{start:%Y-%m-%dT%H:%M:%SZ}"
    assert written in published("/status")
    assert windows()[0]["scheduled_start"] == written
    assert f"{start:DTSTART:%Y%m%dT%H%M%SZ}" in published("/status/calendar.ics")


def test_what_is_more_than_thirty_days_ahead_comes_to_the_page_with_its_day(checkout: Service) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        window = plan("Far away", checkout, begins=31 * DAY)
        assert "Far away" not in published("/status")
        assert "Far away" in published("/status/calendar.ics")
        assert windows("/api/v1/status/maintenance", "maintenance_windows")[0]["id"] == str(window.pk)
        clock.shift(DAY)
        publisher.tick()
        assert "Far away" in published("/status")


def test_of_several_services_the_private_ones_are_not_named(checkout: Service) -> None:
    hidden = Service.add(by=ANN, name="Vault")
    window = plan("New disks", checkout, hidden)
    assert "Vault" not in published("/status") + published(f"/status/maintenance/{window.pk}")
    checkout.edit(by=ANN, changes={"public": False})
    assert published(f"/status/maintenance/{window.pk}") == ""


def test_the_whole_of_it_is_told_by_the_feeds(window: Maintenance) -> None:
    window.start(by=ANN, message="It begins.")
    window.complete(by=ANN)
    for address in ("/status/rss", "/status/atom", "/status/rss?service=checkout-api"):
        feed = published(address)
        titles = [f"[{word}] New disks" for word in ("Completed", "In progress", "Scheduled")]
        assert sorted(titles, key=feed.index) == titles, address
        assert f"urn:uuid:{window.pk}" in feed


def test_an_old_window_is_rendered_when_asked_for_and_then_kept(checkout: Service, client: Client) -> None:
    then = timezone.now() - 500 * DAY
    window = plan("Long ago", checkout, now=then)
    window.start(by=ANN, now=then + HOUR)
    window.complete(by=ANN, now=then + 2 * HOUR)
    address = f"/status/maintenance/{window.pk}"
    assert published(address) == ""
    assert "Long ago" in client.get(address).content.decode()
    assert "Long ago" in published(address)
    assert "Long ago" in client.get(f"/status/history?month={then + HOUR:%Y-%m}").content.decode()
    window.post_update(by=ANN, message="One more word.")
    assert "One more word." in (published(address) or client.get(address).content.decode())
