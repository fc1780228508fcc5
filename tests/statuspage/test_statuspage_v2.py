"""Clients made for Atlassian Statuspage find what they read there: every key, always, in its order."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from incidents.models import Incident
from services.models import Group, Service
from services.status import Status
from services.statuspage_words import standing
from statuspage.v2 import addresses
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import plan

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
ID = re.compile(r"[a-z0-9]{12}")
PAGE = ["id", "name", "url", "time_zone", "updated_at"]
COMPONENT = [
    "id", "name", "status", "created_at", "updated_at", "position", "description", "showcase", "start_date",
    "group_id", "page_id", "group", "only_show_if_degraded",
]  # fmt: skip
INCIDENT = [
    "id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact", "shortlink",
    "started_at", "page_id", "incident_updates", "components",
]  # fmt: skip
UPDATE = [
    "id", "status", "body", "incident_id", "created_at", "updated_at", "display_at", "affected_components",
    "deliver_notifications", "custom_tweet", "tweet_id",
]  # fmt: skip
WELL, BUSY, SLOW, PART, DOWN = (
    Status.OPERATIONAL, Status.MAINTENANCE, Status.DEGRADED, Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE,
)  # fmt: skip


@pytest.mark.pure
@pytest.mark.parametrize(
    ("services", "indicator", "said"),
    [
        ([], "none", "All Systems Operational"),
        ([WELL, WELL], "none", "All Systems Operational"),
        ([WELL, BUSY], "maintenance", "Service Under Maintenance"),
        ([BUSY, SLOW], "minor", "Partially Degraded Service"),
        ([SLOW, SLOW], "minor", "Degraded System Service"),
        ([SLOW, PART], "minor", "Minor Service Outage"),
        ([PART, PART], "major", "Partial System Outage"),
        ([PART, DOWN], "major", "Partial System Outage"),
        ([DOWN, DOWN], "critical", "Major System Outage"),
    ],
)
def test_how_all_stands_in_their_words(services: list[Status], indicator: str, said: str) -> None:
    assert standing(services) == (indicator, said)


@pytest.fixture
def api(ask: Any, put_on_shelf: Any) -> Any:
    """Return what the edge answers at an address, from memory, after all that was told is published."""

    def get(name: str) -> Any:
        put_on_shelf()
        reply = ask(f"/api/v2/{name}.json")
        assert reply.status == 200
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["content-type"] == "application/json"
        found = json.loads(reply.body)
        assert list(found["page"]) == PAGE
        assert all(found["page"].values())
        return found

    return get


@pytest.fixture
def shop(db: None) -> Service:
    group = Group.add(by=ANN, name="Shop")
    Service.add(by=ANN, name="Hidden", public=False, group=group)
    return Service.add(by=ANN, name="Checkout", public=True, group=group, description="Where you pay")


def test_every_address_answers_and_an_empty_page_has_empty_lists(db: None, api: Any) -> None:
    for address in addresses.ALL:
        found = api(address.removeprefix("/api/v2/").removesuffix(".json"))
        del found["page"]
        assert found.pop("status", {"indicator": "none"})["indicator"] == "none"
        assert all(value == [] for value in found.values())


def test_a_group_is_a_row_before_its_members_and_private_services_are_none(shop: Service, api: Any) -> None:
    alone = Service.add(by=ANN, name="Docs", public=True)
    shop.set_status("degraded", by=ANN)
    group, checkout, docs = api("components")["components"]
    assert [list(row) for row in (checkout, docs)] == [COMPONENT, COMPONENT]
    assert list(group) == [*COMPONENT, "components"]
    assert (group["group"], checkout["group"]) == (True, False)
    assert group["components"] == [checkout["id"]]
    assert checkout["group_id"] == group["id"]
    assert docs["group_id"] is None
    assert (group["status"], checkout["status"], docs["status"]) == ("degraded_performance",) * 2 + ("operational",)
    assert (group["position"], checkout["position"], docs["position"]) == (1, 1, 2)
    assert all(ID.fullmatch(row["id"]) for row in (group, checkout, docs))
    assert all(TIME.fullmatch(checkout[name]) for name in ("created_at", "updated_at"))
    assert (checkout["description"], docs["description"]) == ("Where you pay", None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", docs["start_date"])
    assert alone.name == docs["name"]


def test_an_incident_holds_its_components_as_they_are_now(shop: Service, api: Any) -> None:
    incident = Incident.declare(by=ANN, title="Slow", severity="high", services={shop: None}, body="We look.")
    incident.transition("monitoring", by=ANN, message="It is better.")
    [found] = api("incidents/unresolved")["incidents"]
    assert list(found) == INCIDENT
    assert (found["status"], found["impact"], found["resolved_at"]) == ("monitoring", "major", None)
    assert TIME.fullmatch(found["monitoring_at"])
    assert found["shortlink"].endswith(f"/status/incidents/{incident.pk}")
    assert [update["body"] for update in found["incident_updates"]] == ["It is better.", "We look."]
    assert [list(update) for update in found["incident_updates"]] == [UPDATE, UPDATE]
    [component] = found["components"]
    assert (list(component), component["status"]) == (COMPONENT, "partial_outage")
    shop.set_status("major_outage", by=ANN)
    assert api("incidents")["incidents"][0]["components"][0]["status"] == "major_outage"
    incident.resolve(by=ANN, message="Done.")
    assert api("incidents/unresolved")["incidents"] == []
    assert TIME.fullmatch(api("incidents")["incidents"][0]["resolved_at"])


def test_an_incident_of_which_nothing_was_said_has_an_update_all_the_same(shop: Service, api: Any) -> None:
    Incident.declare(by=ANN, title="Slow", severity="high", services={shop: None})
    Incident.declare(by=ANN, title="Only for us", severity="high", services={shop: None}, public=False)
    [found] = api("summary")["incidents"]
    [update] = found["incident_updates"]
    assert (update["body"], update["status"], update["incident_id"]) == ("Slow", "investigating", found["id"])


def test_a_window_is_in_the_list_of_its_stage_with_its_two_times(shop: Service, api: Any) -> None:
    window = plan("New cables", shop)
    [found] = api("scheduled-maintenances/upcoming")["scheduled_maintenances"]
    assert list(found) == [*INCIDENT, "scheduled_for", "scheduled_until"]
    assert (found["status"], found["impact"]) == ("scheduled", "maintenance")
    assert found["incident_updates"]
    assert [row["name"] for row in found["components"]] == ["Checkout"]
    assert api("summary")["scheduled_maintenances"] == [found]
    window.start(by=ANN, message="It begins.")
    assert api("scheduled-maintenances/upcoming")["scheduled_maintenances"] == []
    assert len(api("scheduled-maintenances/active")["scheduled_maintenances"]) == 1
    assert api("status")["status"] == {"indicator": "maintenance", "description": "Service Under Maintenance"}
    window.complete(by=ANN)
    assert api("summary")["scheduled_maintenances"] == []
    assert api("scheduled-maintenances")["scheduled_maintenances"][0]["status"] == "completed"


def test_a_window_that_does_not_take_place_is_in_none(shop: Service, api: Any) -> None:
    plan("New cables", shop).cancel(by=ANN, message="Not now.")
    assert api("scheduled-maintenances")["scheduled_maintenances"] == []
