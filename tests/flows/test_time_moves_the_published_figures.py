from __future__ import annotations

from typing import Any

import pytest

from statuspage import publisher
from tests.flows.outside import Operator, Public


def figures(public: Public) -> dict[str, Any]:
    figures: dict[str, Any] = public.json("/api/v1/status")["services"][0]["uptime"]
    return figures


def last_day(public: Public, service: str) -> str:
    day: str = public.json(f"/api/v1/status/services/{service}")["days"][-1]["last"]
    return day


def bar(public: Public) -> str:
    """Return the bar of the one service on the page."""
    return public.text("/status").partition('<svg class="uptime"')[2].partition("</svg>")[0]


def test_an_outage_of_an_hour_counts_against_the_days_seen(operator: Operator, public: Public, checkout: str) -> None:
    operator.wait(days=8)
    operator.post(f"services/{checkout}/status", status="red", message="The database is away.")
    assert "The database is away." in public.text("/status")
    operator.wait(hours=1)
    operator.post(f"services/{checkout}/status", status=None)
    operator.wait(hours=239)
    publisher.publish()
    hours_seen = 24 + 8 * 24 + 240
    assert figures(public)["30_days"] == pytest.approx(100 * (1 - 1 / hours_seen), abs=0.001)


def test_maintenance_counts_neither_way(operator: Operator, public: Public, checkout: str) -> None:
    operator.post(f"services/{checkout}/status", status="maintenance", message="A new disk.")
    operator.wait(hours=5)
    operator.post(f"services/{checkout}/status", status=None)
    assert figures(public)["90_days"] == 100


def test_an_outage_grows_by_the_clock_alone(operator: Operator, public: Public, checkout: str) -> None:
    operator.post(f"services/{checkout}/status", status="major_outage")
    first = figures(public)["90_days"]
    operator.wait(hours=2)
    publisher.tick()
    assert figures(public)["90_days"] < first


def test_at_midnight_the_bars_move_on(operator: Operator, public: Public, checkout: str) -> None:
    assert last_day(public, checkout) == "2026-03-11"
    before = bar(public)
    operator.wait(days=1)
    publisher.tick()
    assert last_day(public, checkout) == "2026-03-12"
    assert bar(public) != before
