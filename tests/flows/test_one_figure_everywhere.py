"""Whoever asks, and wherever, is given the same figures at the same moment."""

from __future__ import annotations

import csv
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from services.figure import Weight
from services.lengths import duration
from services.uptime import Day
from statuspage import publisher
from tests.factories import UserFactory
from tests.flows.outside import Operator, Public


def console() -> Client:
    client = Client()
    client.force_login(UserFactory.create(role=Role.VIEWER))
    return client


def console_page(client: Client, service: str) -> tuple[dict[str, str], list[Day]]:
    """Return the figures of the console by their labels, and its days, today first."""
    record = client.get(reverse("services:detail", args=[service])).context["record"]
    for figure in record.figures:
        behind = client.get(figure.url)
        assert behind.context["made"].uptime == figure.uptime
        if figure.uptime.observed:
            assert f"= {figure.uptime.text}</b>" in behind.content.decode()
        assert counted(client, figure.url.replace("/uptime/", "/uptime.csv")) == figure.uptime.percent
    return {figure.label: figure.uptime.text for figure in record.figures}, record.days


def counted(client: Client, sheet: str) -> float | None:
    """Return the percentage that the lines of a sheet add up to."""
    text = b"".join(client.get(sheet)).decode("utf-8-sig")
    lines = [line for line in csv.DictReader(text.splitlines()) if line["rule"] == "counted"]
    observed, down = (sum(Decimal(line[name]) for line in lines) for name in ("seconds", "downtime_seconds"))
    return float((observed - down) * 100_000 // observed / 1000) if observed else None


def gauge(client: Client, name: str) -> float:
    found = re.search(rf"^{name}\{{.*\}} (\S+)$", client.get("/metrics").content.decode(), re.MULTILINE)
    assert found
    return float(found[1])


def text(percent: float) -> str:
    return f"{percent:.3f}".rstrip("0").rstrip(".") + " %"


def check(operator: Operator, public: Public, service: str) -> None:
    publisher.tick()
    api = operator.get(f"services/{service}/uptime")
    client = console()
    figures, days = console_page(client, service)
    one, page = public.text("/status/services/checkout"), public.text("/status")
    assert public.json("/api/v1/status")["services"][0]["uptime"] == api["uptime"]
    assert public.json(f"/api/v1/status/services/{service}")["uptime"] == api["uptime"]
    for span in ("30 days", "60 days", "90 days"):
        assert figures[span] == text(api["uptime"][span.replace(" ", "_")])
        assert re.search(rf"<dt>{span}</dt><dd><a [^>]+>{re.escape(figures[span])}</a></dd>", one)
        assert f"<span>{span} <b>{figures[span]}</b></span>" in page
    assert figures["24 hours"] == text(api["last_24_hours"]["percent"])
    assert gauge(client, "opstatus_service_uptime_24h") == api["last_24_hours"]["percent"]
    intervals = operator.get(f"services/{service}/uptime?days=90&intervals=true")["intervals"]
    of_rule = [one for one in intervals if one["rule"] == "counted"]
    assert sum(one["seconds"] for one in of_rule) == pytest.approx(api["windows"][2]["observed_seconds"])
    assert sum(one["downtime_seconds"] for one in intervals) == pytest.approx(api["windows"][2]["downtime_seconds"])
    today = public.json(f"/api/v1/status/services/{service}")["days"][-1]
    assert api["days"][-1]["downtime_seconds"] == days[0].uptime.down.total_seconds()
    assert today["down_seconds"] == int(api["days"][-1]["downtime_seconds"])
    assert today["status"] == api["days"][-1]["status"] == days[0].status
    assert not today["down_seconds"] or f"down {duration(days[0].uptime.down)}" in one


def live(operator: Operator, public: Public, service: str, *, status: str, seconds: int) -> None:
    """Look at every figure during and after an outage."""
    operator.wait(days=40, seconds=7)
    operator.post(f"services/{service}/status", status=status)
    operator.wait(seconds=seconds)
    check(operator, public, service)
    operator.post(f"services/{service}/status", status=None)
    operator.wait(seconds=seconds)
    check(operator, public, service)
    operator.wait(hours=14, minutes=20)
    check(operator, public, service)


def test_before_anything_goes_down(operator: Operator, public: Public, checkout: str) -> None:
    operator.wait(days=40, seconds=7)
    check(operator, public, checkout)


@pytest.mark.parametrize("seconds", [1, 59, 160, 2903, 5021])
def test_while_it_is_down_and_after(operator: Operator, public: Public, checkout: str, seconds: int) -> None:
    live(operator, public, checkout, status="red", seconds=seconds)


@pytest.mark.parametrize("seconds", [59, 2903])
def test_where_partial_outages_count_for_less(
    operator: Operator, public: Public, checkout: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Weight, "partial", 0.3)
    live(operator, public, checkout, status="partial_outage", seconds=seconds)


@pytest.mark.parametrize("seconds", [0, 30, 2400], ids=str)
def test_in_the_first_hour_of_a_day(operator: Operator, public: Public, checkout: str, seconds: int) -> None:
    operator.post(f"services/{checkout}/status", status="red")
    operator.wait(minutes=30)
    operator.post(f"services/{checkout}/status", status=None)
    operator.wait(hours=14, minutes=30, seconds=seconds)
    check(operator, public, checkout)
    assert operator.get(f"services/{checkout}/uptime")["days"][-1] == {
        "date": "2026-03-12",
        "status": "operational",
        "percent": 100,
        "downtime_seconds": 0,
    }
