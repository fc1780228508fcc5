"""The script of the banner and what it reads: small, published like the page, and for any site to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from incidents.models import Incident
from services.models import Service
from statuspage import widget
from statuspage.site import form
from tests.statuspage.conftest import ANN, Asker
from tests.statuspage.planning import plan


def test_the_script_is_small_and_knows_its_place_from_its_own_address() -> None:
    assert len(widget.script()) < 3 * 1024
    assert b"//" not in widget.script()
    assert form.location("/status/widget.js", "text/javascript") == "status/widget.js"
    assert form.location("/status/widget.json", "application/json") == "status/widget.json"


def test_what_it_reads_is_what_is_wrong_and_what_is_planned(
    checkout: Service, ask: Asker, put_on_shelf: Callable[[], None]
) -> None:
    def state() -> dict[str, Any]:
        put_on_shelf()
        reply = ask("/status/widget.json")
        assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "*")
        found: dict[str, Any] = json.loads(reply.body)
        return found

    assert {name: value for name, value in state().items() if name not in ("name", "headline")} == {
        "status": "operational", "incidents": [], "maintenance": [],
    }  # fmt: skip
    incident = Incident.declare(by=ANN, title="Slow", severity="critical", services={checkout: None})
    Incident.declare(by=ANN, title="Ours", severity="critical", services={checkout: None}, public=False)
    window = plan("New cables", checkout)
    found = state()
    assert (found["status"], found["headline"]) == ("major_outage", "Major outage of Checkout API")
    shown = {"title": "Slow", "status": "investigating", "path": f"incidents/{incident.pk}/"}
    assert found["incidents"] == [shown]
    assert [row["path"] for row in found["maintenance"]] == [f"maintenance/{window.pk}/"]
    assert ask(f"/status/{shown['path']}").status == 200
    script = ask("/status/widget.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.body == widget.script()
