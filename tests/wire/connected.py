"""How the programs are told of us: a Prometheus alone, and one with an Alertmanager that reports in two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit


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
            "labels": {"severity": "critical"},
            "annotations": {"summary": f"{service} is broken"},
        }
        for service in services
    ]
    return {"groups": [{"name": "wire", "rules": found}]}


def alertmanager(base: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the configuration of an Alertmanager: what concerns ``Webhook`` and ``Pager`` goes by these ways."""
    webhook = {
        "url": f"{base}/api/v1/alerts/alertmanager",
        "http_config": {"authorization": {"credentials": keys["Webhook"]}},
    }
    pager = {
        "url": f"{base}/v2/enqueue",
        "routing_key": keys["Pager"],
        "severity": "{{ .CommonLabels.severity }}",
        "component": "{{ .CommonLabels.service }}",
    }
    ways = [{"receiver": name, "matchers": [f'service="{name}"']} for name in ("Webhook", "Pager")]
    pace = {"group_wait": "0s", "group_interval": "1s", "repeat_interval": "1h"}
    return {
        "route": {"receiver": "nobody", "group_by": ["service"], **pace, "routes": ways},
        "receivers": [
            {"name": "nobody"},
            {"name": "Webhook", "webhook_configs": [webhook]},
            {"name": "Pager", "pagerduty_configs": [pager]},
        ],
    }
