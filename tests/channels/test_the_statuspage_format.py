"""What receivers made for Atlassian Statuspage are sent (``wire/statuspage_v2.md``): every key is there, always."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from notifications.transports.outcome import Nature
from tests.channels.sink import FACTS, URL, WORDS, Sink, parcel, send

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
ID = re.compile(r"[a-z0-9]{12}")
INCIDENT = [
    "id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact", "shortlink",
    "started_at", "page_id", "incident_updates", "components",
]  # fmt: skip
UPDATE = {
    "id", "status", "body", "incident_id", "created_at", "updated_at", "display_at", "affected_components",
    "deliver_notifications", "custom_tweet", "tweet_id",
}  # fmt: skip
COMPONENT = {
    "id", "name", "status", "created_at", "updated_at", "position", "description", "showcase", "start_date",
    "group_id", "page_id", "group", "only_show_if_degraded",
}  # fmt: skip
WINDOW = {
    "id": "6b1f4f0e-9a55-4f1f-8d2f-9b105f0d1c7e", "title": "New disks", "status": "in_progress", "public": True,
    "scheduled_start": "2026-03-02T12:00:00Z", "scheduled_end": "2026-03-02T14:00:00Z", "timezone": "UTC",
    "services": [{"id": "0d1c7e5f-8b1f-4f0e-9a55-3f1f6d2f9b10", "name": "Checkout"}], "updates": [],
}  # fmt: skip


def sent(sink: Sink, facts: dict[str, Any]) -> Any:
    assert send("statuspage", parcel(sink.url, words=replace(WORDS, facts=facts))).ok
    return sink.last.json


def test_an_incident(sink: Sink) -> None:
    found = sent(sink, dict(FACTS))
    assert set(found) == {"meta", "page", "incident"}
    assert set(found["meta"]) == {"unsubscribe", "documentation", "generated_at"}
    assert found["page"]["status_indicator"] == "minor"
    assert found["page"]["status_description"] == "Minor Service Outage"
    incident = found["incident"]
    assert list(incident)[: len(INCIDENT)] == INCIDENT
    assert (incident["status"], incident["impact"], incident["shortlink"]) == ("monitoring", "major", URL)
    assert incident["monitoring_at"] == "2026-03-02T12:00:00.000Z"
    assert incident["resolved_at"] is None
    assert all(ID.fullmatch(incident[name]) for name in ("id", "page_id"))
    assert all(TIME.fullmatch(incident[name]) for name in ("created_at", "updated_at", "started_at"))


def test_its_updates_are_newest_first_and_its_components_whole(sink: Sink) -> None:
    incident = sent(sink, dict(FACTS))["incident"]
    assert [update["body"] for update in incident["incident_updates"]] == ["It works again.", "We look."]
    assert all(set(update) == UPDATE for update in incident["incident_updates"])
    [component] = incident["components"]
    assert set(component) == COMPONENT
    assert component["status"] == "partial_outage"


def test_an_incident_of_which_nothing_was_said_has_an_update_all_the_same(sink: Sink) -> None:
    bare = {**FACTS, "incident": {**FACTS["incident"], "updates": []}}
    assert len(sent(sink, bare)["incident"]["incident_updates"]) == 1


def test_a_window(sink: Sink) -> None:
    incident = sent(sink, {"title": "New disks", "url": URL, "maintenance": WINDOW, "update": FACTS["update"]})[
        "incident"
    ]
    assert (incident["impact"], incident["status"]) == ("maintenance", "in_progress")
    assert incident["scheduled_for"] == "2026-03-02T12:00:00.000Z"
    assert incident["scheduled_until"] == "2026-03-02T14:00:00.000Z"


def test_a_component_that_turned(sink: Sink) -> None:
    service = {"id": "0d1c7e5f-8b1f-4f0e-9a55-3f1f6d2f9b10", "name": "Checkout", "status": "degraded"}
    change = {"old": "operational", "new": "degraded", "message": "", "at": "2026-03-02T12:00:00Z"}
    found = sent(sink, {"title": "Checkout", "url": URL, "service": service, "change": change})
    assert set(found) == {"meta", "page", "component", "component_update"}
    assert set(found["component"]) == COMPONENT
    update = found["component_update"]
    assert set(update) == {"id", "component_id", "old_status", "new_status", "created_at"}
    assert (update["old_status"], update["new_status"]) == ("operational", "degraded_performance")
    assert update["component_id"] == found["component"]["id"]


def test_what_the_format_has_no_words_for_is_not_sent(sink: Sink) -> None:
    outcome = send("statuspage", parcel(sink.url, words=replace(WORDS, facts={"title": "A promise", "url": URL})))
    assert (outcome.code, outcome.nature, sink.calls) == ("no_words", Nature.MESSAGE, [])
