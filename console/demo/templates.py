"""What the company's people wrote in a calm hour: templates of incidents."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.stories import HERE, days_before
from incidents.models import IncidentTemplate

_CALM = time(hour=15)
_DAYS_AGO = 80


def write(cast: Cast, now: datetime) -> Iterator[Act]:
    """Yield how each was written."""
    for entry in tomllib.loads((HERE / "templates.toml").read_text(encoding="utf-8"))["templates"]:
        yield Act(days_before(now, _DAYS_AGO, _CALM), partial(_add, cast, entry))


def _add(cast: Cast, entry: Mapping[str, Any], at: datetime) -> None:
    services = [cast.services[slug] for slug in entry.get("services", ())]
    said = {name: entry[name] for name in ("title", "severity", "status", "tags") if name in entry}
    by, body = cast.actor(entry["by"]), entry["body"].strip()
    IncidentTemplate.add(by=by, name=entry["name"], body=body, services=services, now=at, **said)
