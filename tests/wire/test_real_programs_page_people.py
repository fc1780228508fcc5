"""Prometheus, Alertmanager and amtool as they are: a rule fires, somebody is called and answers, and it is over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests import mailserver
from tests.observability import promql
from tests.observability.deployed import queries
from tests.product import running
from tests.wire import connected, programs, recorded
from tests.wire.desk import Desk
from tests.wire.exporter import Exporter, exporting
from tests.wire.listening import Post, listening
from tests.wire.programs import Server, until

# They start a dozen processes and are one test, so that two workers never start them twice.
pytestmark = [pytest.mark.processes, pytest.mark.embedded, pytest.mark.timeout(400)]

WAYS = {"Direct": "/api/v2/alerts", "Webhook": "/api/v1/alerts/alertmanager", "Pager": "/v2/enqueue"}


class Wire:
    """Everything that runs."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        mails = stack.enter_context(mailserver.serving())
        product = stack.enter_context(running(folder / "var", demo=False, EMAIL_URL=mails.url, ALERT_QUIET_TIME="1"))
        self.folder = folder
        self.desk = Desk(product, mails, [*WAYS, "ByHand"])
        self.post: Post = stack.enter_context(listening(product.base))
        self.things: Exporter = stack.enter_context(exporting(WAYS))
        self._connect(stack)

    def _connect(self, stack: ExitStack) -> None:
        keys, here = self.desk.keys, self.post.base
        watched = connected.scrapes("things", f"http://127.0.0.1:{self.things.port}")
        ours = connected.scrapes("opstatus", self.desk.product.base, self.desk.looking)
        manager = stack.enter_context(programs.alertmanager(self.folder, connected.alertmanager(here, keys)))
        alone = {"scrape_configs": [watched], "alerting": connected.tells(here, keys["Direct"])}
        both = {"scrape_configs": [watched, ours], "alerting": connected.tells(manager.base)}
        start = stack.enter_context
        direct = start(programs.prometheus(self.folder, "alone", alone, connected.rules(["Direct"])))
        self.prometheus: Server = start(
            programs.prometheus(self.folder, "both", both, connected.rules(["Webhook", "Pager"]))
        )
        for server in (direct, self.prometheus):
            until("a Prometheus that scrapes and tells", server.is_connected)

    def amtool(self, *arguments: str) -> str:
        """Run amtool against the product."""
        key = self.desk.keys["ByHand"]
        return programs.amtool(self.folder, f"http://any:{key}@127.0.0.1:{self.post.port}", *arguments)


@pytest.fixture
def wire(programs: None, tmp_path: Path) -> Iterator[Wire]:
    (tmp_path / "var").mkdir()
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def test_what_breaks_calls_somebody_who_answers_until_it_is_mended(wire: Wire) -> None:
    wire.things.broken = dict.fromkeys(WAYS, 1)
    incidents = {way: is_called(wire.desk, way) for way in WAYS}
    a_try_by_hand_comes_and_goes(wire)
    wire.things.broken = dict.fromkeys(WAYS, 0)
    for way, incident in incidents.items():
        is_over(wire.desk, way, incident)
    for way, path in WAYS.items():
        assert {said.status // 100 for said in wire.post.heard if said.path == path} == {2}, way
    recorded.compare(wire.post)
    for figure in ("opstatus_incident_mtta_seconds_count == 3", 'opstatus_escalations_total{team="Direct"} == 1'):
        until(f"{figure} in Prometheus", partial(wire.prometheus.query, figure))
    every_query_is_understood(wire.prometheus)


def is_called(desk: Desk, way: str) -> str:
    """Wait for the mail, press its button; return the incident, which is theirs now."""
    link = until(f"a mail to whoever keeps {way}", lambda: desk.link_to(way))
    before = desk.incident_of(way)
    assert (before["severity"], before["response"]) == (connected.SEVERITIES[way], "open")
    assert f"{way} is broken" in json.dumps(before) or way == "Pager"
    desk.press(link)
    after = desk.incident_of(way)
    assert after["response"] == "acknowledged"
    assert after["metrics"]["mtta_seconds"] > 0
    incident: str = after["id"]
    return incident


def is_over(desk: Desk, way: str, incident: str) -> None:
    """Wait until the alert is resolved; whoever has the incident says that it is over, too."""

    def resolved() -> list[dict[str, Any]] | None:
        found = desk.alerts_of(way)
        return found if {alert["status"] for alert in found} == {"resolved"} else None

    [alert] = until(f"an end of what {way} reported", resolved)
    assert alert["incident"] == incident
    # A person has it, so it is theirs to say.
    assert desk.get(f"incidents/{incident}")["status"] == "investigating"
    desk.post(f"incidents/{incident}/resolve", message="Mended.")
    assert desk.get(f"incidents/{incident}")["metrics"]["mttr_seconds"] > 0
    mails = [mail["Subject"] for mail in desk.mails.mails() if mail["To"] == f"{way.lower()}@example.org"]
    assert len(mails) == 1, mails


def a_try_by_hand_comes_and_goes(wire: Wire) -> None:
    """Add an alert with amtool, find it, end it: an incident that no person touched ends by itself."""
    said = ["alertname=Tried", "service=ByHand", "severity=info"]
    wire.amtool("alert", "add", *said, "--annotation=summary=Tried by hand")
    [found] = json.loads(wire.amtool("alert", "query", "--output=json", "service=ByHand"))
    assert found["labels"] == {"alertname": "Tried", "service": "ByHand", "severity": "info"}
    assert "Tried by hand" in wire.amtool("alert", "query")
    assert wire.amtool("alert", "query", "service=Other").count("\n") <= 1
    wire.amtool("alert", "add", *said, f"--end={datetime.now(UTC).isoformat(timespec='seconds')}")
    incident = wire.desk.incident_of("ByHand")["id"]
    until("an end by itself", lambda: wire.desk.get(f"incidents/{incident}")["status"] == "resolved")


def every_query_is_understood(prometheus: Server) -> None:
    """Ask what dashboards and rules ask, of what has really been scraped."""
    for query in queries().values():
        prometheus.query(query)
    names = {asked.name for query in queries().values() for asked in promql.asked(query)}
    there = set(prometheus.ask("/api/v1/label/__name__/values")["data"])
    # Nobody listens to a stream, no target is promised, and nothing is checked.
    rare = {"streams_open", "service_sla_target", "component_latency_ms", "component_consecutive_failures"}
    rare |= {"component_status", "checks_last_ran_age_seconds"}
    assert names - there <= {f"opstatus_{name}" for name in rare}
