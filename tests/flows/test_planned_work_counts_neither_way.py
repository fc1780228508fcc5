"""A planned window starts and ends by the clock; what goes wrong in it, and the window itself, cost no uptime."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from services.models import StatusChange
from services.status import Status
from services.tasks import keep_maintenance
from statuspage import publisher
from tests.flows.outside import Operator, Public

HOUR = timedelta(hours=1)


def plan(operator: Operator, service: str, **more: Any) -> datetime:
    """Plan a window of two hours that begins in one, and return its start."""
    start = timezone.now() + HOUR
    times = {"scheduled_start": start.isoformat(), "scheduled_end": (start + 2 * HOUR).isoformat()}
    operator.post("maintenance", 201, title="New disks", services=[service], **times, **more)
    return start


def status(operator: Operator, service: str) -> str:
    return str(operator.get(f"services/{service}")["status"])


def percent(public: Public) -> Any:
    publisher.tick()
    return public.json("/api/v1/status")["services"][0]["uptime"]["30_days"]


def test_it_starts_and_ends_by_the_clock_and_the_public_sees_both(
    operator: Operator, public: Public, checkout: str
) -> None:
    plan(operator, checkout)
    keep_maintenance()
    assert status(operator, checkout) == "operational"
    operator.wait(hours=1, seconds=10)
    keep_maintenance()
    assert status(operator, checkout) == "maintenance"
    assert public.json("/api/v1/status")["services"][0]["status"] == "maintenance"
    operator.wait(hours=2)
    keep_maintenance()
    assert status(operator, checkout) == "operational"
    assert public.json("/api/v1/status")["services"][0]["status"] == "operational"


def test_what_breaks_while_it_is_under_way_costs_nothing(operator: Operator, public: Public, checkout: str) -> None:
    part = operator.post(f"services/{checkout}/components", 201, name="Disk")["id"]
    plan(operator, checkout)
    operator.wait(hours=1)
    keep_maintenance()
    operator.post(f"components/{part}/status", status="major_outage")
    operator.wait(hours=1)
    assert status(operator, checkout) == "maintenance"
    operator.post(f"components/{part}/status", status=None)
    operator.wait(hours=1)
    keep_maintenance()
    assert percent(public) == 100


def test_what_is_still_broken_when_it_ends_counts_from_then_on(
    operator: Operator, public: Public, checkout: str
) -> None:
    part = operator.post(f"services/{checkout}/components", 201, name="Disk")["id"]
    start = plan(operator, checkout)
    operator.wait(hours=1)
    keep_maintenance()
    operator.post(f"components/{part}/status", status="major_outage")
    operator.wait(hours=2)
    keep_maintenance()
    operator.wait(hours=1)
    # A day before it was planned, an hour to the start, an hour of outage; the two of the window are left out.
    assert percent(public) == pytest.approx(100 * (1 - 1 / (24 + 1 + 1)), abs=0.001)
    last = StatusChange.objects.filter(service__id=checkout, component=None).latest("id")
    assert (last.new, last.at) == (Status.MAJOR_OUTAGE, start + 2 * HOUR)


def test_an_outage_of_our_clock_changes_no_figure(operator: Operator, public: Public, checkout: str) -> None:
    plan(operator, checkout)
    operator.wait(hours=9)
    keep_maintenance()
    assert percent(public) == 100
    kinds = operator.get("audit?kind=MAINTENANCE_STARTED&kind=MAINTENANCE_COMPLETED")["count"]
    assert kinds == 2


def test_a_private_service_of_a_public_window_is_named_nowhere(
    operator: Operator, public: Public, checkout: str
) -> None:
    hidden = operator.post("services", 201, name="Ledger zero", public=False)["id"]
    start = timezone.now() + HOUR
    times = {"scheduled_start": start.isoformat(), "scheduled_end": (start + HOUR).isoformat()}
    operator.post("maintenance", 201, title="New disks", services=[checkout, hidden], **times)
    for address in ("/status", "/api/v1/status", "/api/v1/status/maintenance", "/status/calendar.ics"):
        assert "Ledger zero" not in public.text(address)
    assert "New disks" in public.text("/api/v1/status/maintenance")
