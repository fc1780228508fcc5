"""What ``deploy/`` holds: dashboards and rules, and the queries in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.product import ROOT

DEPLOY = ROOT / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
# What Grafana puts in place of its own words.
_SPAN = re.compile(r"\$__(?:rate_interval|range|interval)")


def dashboards() -> dict[str, dict[str, Any]]:
    """Return each dashboard by the name of its file."""
    files = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def panels() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the panels that show something, each with where it is."""
    for name, board in dashboards().items():
        yield from ((f"{name}: {panel['title']}", panel) for panel in board["panels"] if panel["type"] != "row")


def rules() -> list[dict[str, Any]]:
    """Return the rules."""
    groups = yaml.safe_load((PROMETHEUS / "rules.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def queries() -> dict[str, str]:
    """Return every query by where it is, as Prometheus would be asked."""
    found = {
        f"{where}, {target['refId']}": _SPAN.sub("5m", target["expr"])
        for where, panel in panels()
        for target in panel["targets"]
    }
    return found | {f"rule {rule['alert']}": rule["expr"] for rule in rules()}
