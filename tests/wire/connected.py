"""How the programs are told of us: a Prometheus alone, and one with an Alertmanager that reports in two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import yaml

from tests.observability.deployed import PROMETHEUS

# PagerDuty has no word for high: it is said as error, and understood.
SEVERITIES = {"Direct": "critical", "Webhook": "low", "Pager": "high"}


def static(base: str) -> list[dict[str, Any]]:
    """Return an address as a list of targets."""
    return [{"targets": [urlsplit(base).netloc]}]


def scrapes(name: str, base: str, key: str = "") -> dict[str, Any]:
    """Return a job of Prometheus."""
    pace = {"scrape_interval": "5s", "scrape_timeout": "5s"}
    own = {"authorization": {"credentials": key}, **pace} if key else {}
    return {"job_name": name, "static_configs": static(base), **own}


def tells(base: str, key: str = "") -> dict[str, Any]:
    """Return whom a Prometheus tells."""
    own = {"authorization": {"credentials": key}} if key else {}
    return {"alertmanagers": [{"static_configs": static(base), **own}]}


def rules(services: Sequence[str]) -> dict[str, Any]:
    """Return a rule for each, which fires while it is broken."""
    found = [
        {
            "alert": f"{service}Broken",
            # A scrape that a slow machine misses mends nothing.
            "expr": f'last_over_time(wire_broken{{service="{service}"}}[15s]) == 1',
            "labels": {"severity": SEVERITIES[service], **({"via": "pagerduty"} if service == "Pager" else {})},
            "annotations": {"summary": f"{service} is broken"},
        }
        for service in services
    ]
    return {"groups": [{"name": "wire", "rules": found}]}


def alertmanager(base: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return our own configuration of an Alertmanager: what concerns ``Webhook`` and ``Pager`` goes by these ways.

    Only addresses, keys and intervals are others; of two keys each way has one, so that nothing goes by the other.
    """
    ours = yaml.safe_load((PROMETHEUS / "alertmanager.yml").read_text(encoding="utf-8"))
    receivers = {receiver["name"]: receiver for receiver in ours["receivers"]}
    [webhook] = receivers["opstatus"]["webhook_configs"]
    webhook["url"] = webhook["url"].replace("http://web:8000", base)
    webhook["http_config"]["authorization"] = {"credentials": keys["Webhook"]}
    [pager] = receivers["opstatus-as-pagerduty"]["pagerduty_configs"]
    pager["url"] = pager["url"].replace("http://web:8000", base)
    del pager["routing_key_file"]
    pager["routing_key"] = keys["Pager"]
    ours["route"] |= {"group_wait": "0s", "group_interval": "1s"}
    return dict(ours)
