from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.flows.outside import Operator, Public


@pytest.fixture
def incident(operator: Operator, checkout: str) -> str:
    body = {"title": "Cards are declined", "severity": "high", "body": "We are *looking*.", "services": [checkout]}
    return str(operator.post("incidents", 201, **body)["id"])


def test_the_page_the_api_the_feeds_and_the_badge_tell_of_it(public: Public, checkout: str, incident: str) -> None:
    page = public.text("/status")
    assert "Cards are declined" in page
    assert "Partial outage" in page
    state = public.json("/api/v1/status")
    assert state["overall_status"] == "partial_outage"
    assert [service["status"] for service in state["services"]] == ["partial_outage"]
    assert [one["id"] for one in state["recent_incidents"]] == [incident]
    for feed in ("/status/rss", "/status/atom", "/status/rss?service=checkout"):
        assert "[Investigating] Cards are declined" in public.text(feed)
    assert "artial outage" in public.text("/status/services/checkout/badge.svg")
    assert "<em>looking</em>" in public.text(f"/status/incidents/{incident}")


def test_an_update_with_its_eta_is_shown_and_a_note_is_not(operator: Operator, public: Public, incident: str) -> None:
    operator.wait(minutes=10)
    eta = "2026-03-11T10:30:00Z"
    operator.post(f"incidents/{incident}/updates", 201, message="One bank is down.", estimated_resolution=eta)
    operator.post(f"incidents/{incident}/updates", 201, message="Their hotline is busy.", public=False)
    updates = public.json(f"/api/v1/status/incidents/{incident}")["updates"]
    assert updates[0]["message"] == "One bank is down."
    assert datetime.fromisoformat(updates[0]["estimated_resolution"]) == datetime(2026, 3, 11, 10, 30, tzinfo=UTC)
    assert "One bank is down." in public.text("/status")
    assert not any(b"hotline" in body for body in public.everything().values())


def test_acknowledging_it_changes_nothing_outside(operator: Operator, public: Public, incident: str) -> None:
    before = public.everything()
    operator.wait(seconds=40)
    assert operator.post(f"incidents/{incident}/acknowledge")["response"] == "acknowledged"
    assert public.everything() == before


def test_its_end_makes_everything_operational_again(operator: Operator, public: Public, incident: str) -> None:
    operator.wait(minutes=12)
    operator.post(f"incidents/{incident}/transition", status="monitoring", message="The bank is back.")
    assert public.json("/api/v1/status")["overall_status"] == "partial_outage"
    operator.wait(minutes=18)
    operator.post(f"incidents/{incident}/resolve", message="All cards work.", root_cause="A bank was down.")
    assert public.json("/api/v1/status")["overall_status"] == "operational"
    assert "All services are operational" in public.text("/status")
    assert "[Resolved] Cards are declined" in public.text("/status/rss")
    assert "All cards work." in public.text(f"/status/incidents/{incident}")


def test_its_times_are_measured(operator: Operator, incident: str) -> None:
    operator.wait(minutes=3)
    operator.post(f"incidents/{incident}/acknowledge")
    operator.wait(minutes=37)
    operator.post(f"incidents/{incident}/resolve", message="Done.")
    metrics = operator.get(f"incidents/{incident}/metrics")
    assert (metrics["mtta_seconds"], metrics["mttr_seconds"]) == (180, 2400)
