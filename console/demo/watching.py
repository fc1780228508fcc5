"""The company's heartbeats, and what they found in the past days."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.measuring import Past, sums
from console.demo.stories import HERE
from services.models import CheckResult, CheckRollup, Component, Heartbeat, StatusChange
from services.status import Status
from services.uptime import DAY, HOUR, MINUTE, Change, floor

# Since when things are checked, and for how long there are sums by hour.
DAYS = 45
FINE = timedelta(days=15)
FAILURE = {"code": "wrong_status", "detail": "Answered 503, expected 2xx."}


@dataclass(frozen=True, slots=True)
class Watched:
    """One line of ``heartbeats.toml``; ``ms`` is the usual latency."""

    service: str
    component: str
    ms: float


@dataclass(frozen=True, slots=True)
class Watch:
    """The whole of ``heartbeats.toml``; ``graphs`` and ``drafts`` are slugs of services."""

    heartbeats: Sequence[Watched]
    graphs: Sequence[str]
    drafts: Sequence[str]


def read_watch() -> Watch:
    """Read ``heartbeats.toml``."""
    written = tomllib.loads((HERE / "heartbeats.toml").read_text(encoding="utf-8"))
    return Watch([Watched(**line) for line in written["heartbeats"]], written["graphs"], written["drafts"])


def watch(cast: Cast, now: datetime) -> Iterator[Act]:
    """Yield the acts that set the heartbeats up."""
    found = read_watch()
    for line in found.heartbeats:
        yield Act(now - DAYS * DAY, partial(_configure, cast, line))
    for slug in {*found.graphs, *found.drafts}:
        drafted = "draft" if slug in found.drafts else "off"
        changes = {"show_latency": slug in found.graphs, "auto_incident": drafted}
        yield Act(now - DAYS * DAY, partial(_set_up, cast, slug, changes))


def measured(cast: Cast, now: datetime) -> None:
    """Write what was found in the past days, in agreement with what the statuses say."""
    for line in read_watch().heartbeats:
        component = cast.components[line.service, line.component]
        past = Past(_changes(component), line.ms, seed=f"{line.service} {line.component}")
        _write(component, past, now)


def _configure(cast: Cast, line: Watched, at: datetime) -> None:
    component = cast.components[line.service, line.component]
    by = cast.actor("ravi")
    # They ask us, who are away for a moment at every start: one failure alone is nothing of theirs.
    url = f"{settings.SITE_URL}/health/live"
    Heartbeat.configure(component, by=by, kind="http", url=url, degraded_after=2, now=at)
    component.measure(Status.OPERATIONAL, by=by, now=at)


def _set_up(cast: Cast, slug: str, changes: Mapping[str, object], at: datetime) -> None:
    cast.services[slug].edit(by=cast.actor("ravi"), changes=changes, now=at)


def _changes(component: Component) -> list[Change]:
    rows = StatusChange.objects.filter(component=component).order_by("at", "id")
    return [Change(at, Status(new)) for at, new in rows.values_list("at", "new")]


def _write(component: Component, past: Past, now: datetime) -> None:
    checks = list(past.checks(now - DAY, now, 2 * MINUTE))
    CheckResult.objects.bulk_create(
        CheckResult(
            component=component,
            at=check.at,
            ok=check.ok,
            latency_ms=check.ms,
            **({} if check.ok else FAILURE),
        )
        for check in checks
    )
    for period, length, begin in (("hour", HOUR, floor(now - FINE, HOUR)), ("day", DAY, floor(now - DAYS * DAY, DAY))):
        CheckRollup.objects.bulk_create(
            CheckRollup(component=component, period=period, start=start, **columns)
            for start, columns in sums(past, length, begin, floor(now, length))
        )
    last = checks[-1]
    Heartbeat.objects.filter(component=component).update(
        verdict=Status.OPERATIONAL,
        last_checked_at=last.at,
        last_ok_at=last.at,
        last_latency_ms=last.ms,
        consecutive_successes=DAYS * DAY // MINUTE,
        next_check_at=now,
    )
