"""What monitoring reports: the company's integrations, their alerts and silences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from accounts.models import User
from alerts import closing, merging
from alerts.formats import alertmanager
from alerts.models import Alert, Integration, Silence
from alerts.receiving import receive
from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.paging import MINUTE, climbing
from console.demo.stories import HERE
from incidents.models import Incident

Entry: TypeAlias = dict[str, Any]
# After the policies, which came 28 hours ago.
CONNECTED = timedelta(hours=26)
# The quiet time after which an incident ends whose alerts are over, and a little more.
QUIET = timedelta(minutes=2)
# By hand, when somebody sees that the two are one.
MERGED = timedelta(minutes=2)


def report(cast: Cast, now: datetime) -> Iterator[Act]:
    """Yield what was reported, and what people did about it."""
    written = tomllib.loads((HERE / "alerts.toml").read_text(encoding="utf-8"))
    for entry in written["integrations"]:
        yield Act(now - CONNECTED, partial(_connect, cast, entry))
    for entry in written["silences"]:
        yield Act(now - entry["minutes_ago"] * MINUTE, partial(_silence, cast, entry))
    for entry in written["alerts"]:
        yield from _episode(cast, entry, now - entry["minutes_ago"] * MINUTE, now)


def _episode(cast: Cast, entry: Entry, began: datetime, now: datetime) -> Iterator[Act]:
    """Yield one alert from its first signal to its last, and to the end of its incident."""
    ended = began + entry["lasts"] * MINUTE if "lasts" in entry else None
    at = began
    while at < (ended or now):
        yield Act(at, partial(_say, entry, began, None))
        at += entry["every"] * MINUTE
    if "merged_into" in entry:
        yield Act(began + MERGED, partial(_merge, cast, entry))
    yield from climbing(began, now)
    if "answered_after" in entry:
        yield Act(began + entry["answered_after"] * MINUTE, partial(_answer, entry))
    if ended:
        yield Act(ended, partial(_say, entry, began, ended))
        yield Act(ended + QUIET, closing.keep)
    if "resolved" in entry and ended:
        yield Act(ended + 2 * QUIET, partial(_resolve, entry))


def _connect(cast: Cast, entry: Entry, now: datetime) -> None:
    # Nobody says anything again, so nothing may expire.
    Integration.add(by=cast.actor("admin"), name=entry["name"], stale_after=0, now=now)


def _silence(cast: Cast, entry: Entry, now: datetime) -> None:
    ends_at = now + timedelta(hours=entry["hours"])
    said = {"matchers": entry["matchers"], "why": entry["why"]}
    Silence.add(by=cast.actor(entry["by"]), ends_at=ends_at, now=now, **said)


def _say(entry: Entry, began: datetime, ended: datetime | None, now: datetime) -> None:
    integration = Integration.objects.get(name=entry["integration"])
    payload = {"alerts": [_alert(entry, began, ended)], "externalURL": "https://alerts.fernhill.example"}
    receive(integration, alertmanager.signals(payload, integration.reading), now)


def _alert(entry: Entry, began: datetime, ended: datetime | None) -> Entry:
    texts = {name: entry[name] for name in ("summary", "description") if entry[name]}
    named = {"alertname": entry["name"], "service": entry["service"], "severity": entry["severity"]}
    return {
        "status": "resolved" if ended else "firing",
        "labels": named | entry["labels"],
        "annotations": texts,
        "startsAt": began.isoformat(),
        "endsAt": ended.isoformat() if ended else "0001-01-01T00:00:00Z",
        "generatorURL": f"https://metrics.fernhill.example/graph?alert={entry['name']}",
    }


def _merge(cast: Cast, entry: Entry, now: datetime) -> None:
    into = Incident.objects.get(title=entry["merged_into"])
    merging.merge(_incident(entry), into, by=cast.actor("operator"), now=now)


def _answer(entry: Entry, now: datetime) -> None:
    """Let whoever was paged first press the link in the mail."""
    incident = _incident(entry)
    incident.acknowledge(by=_paged(incident).actor, how="link", now=now)


def _resolve(entry: Entry, now: datetime) -> None:
    incident = _incident(entry)
    incident.resolve(by=_paged(incident).actor, message=entry["resolved"], now=now)


def _paged(incident: Incident) -> User:
    return User.objects.get(pk=incident.paged.exclude(user=None).values_list("user", flat=True)[0])


def _incident(entry: Entry) -> Incident:
    alert = Alert.objects.select_related("incident").get(labels__alertname=entry["name"])
    if alert.incident is None:
        raise ValueError(f"{entry['name']} is in no incident.")
    return alert.incident
