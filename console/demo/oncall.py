"""Who is on call: the company's teams, schedules, policies, and the ways to its people."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, TypeAlias

from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.stories import HERE, days_before
from notifications.models import Channel
from oncall.models import ContactWay, EscalationPolicy, Schedule, Team

Entry: TypeAlias = dict[str, Any]
MORNING = time(hour=10)
# The channels that policies name came a day ago.
POLICIES = timedelta(hours=28)
MINUTE = timedelta(minutes=1)


def staff(cast: Cast, now: datetime) -> Iterator[Act]:
    """Yield how each came to be."""
    written = tomllib.loads((HERE / "oncall.toml").read_text(encoding="utf-8"))
    for entry in written["teams"]:
        yield Act(days_before(now, 89, MORNING), partial(_team, cast, entry))
    for entry in written["ways"]:
        yield Act(days_before(now, 87, MORNING), partial(_way, cast, entry))
    for entry in written["schedules"]:
        yield Act(days_before(now, entry["days_ago"], MORNING), partial(_schedule, cast, entry))
    for number, entry in enumerate(written["policies"]):
        yield Act(now - POLICIES + number * MINUTE, partial(_policy, cast, entry, number))
    for entry in written["overrides"]:
        yield Act(now - timedelta(hours=5), partial(_override, cast, entry))


def _team(cast: Cast, entry: Entry, now: datetime) -> None:
    members = [cast.people[name] for name in entry["members"]]
    Team.add(by=cast.actor("admin"), name=entry["name"], members=members, now=now)


def _way(cast: Cast, entry: Entry, now: datetime) -> None:
    user = cast.people[entry["user"]]
    said = {name: entry[name] for name in ("kind", "address", "label", "delay")}
    way = ContactWay.add(by=user.actor, user=user, now=now, **said)
    if entry.get("verified", True):
        way.verify(by=user.actor, now=now)


def _schedule(cast: Cast, entry: Entry, now: datetime) -> None:
    Schedule.add(
        by=cast.actor("operator"),
        name=entry["name"],
        team=Team.objects.get(name=entry["team"]),
        timezone=entry["timezone"],
        layers=[_layer(cast, layer, now + timedelta(days=entry["days_ago"])) for layer in entry["layers"]],
        now=now,
    )


def _layer(cast: Cast, entry: Entry, now: datetime) -> Entry:
    monday = now.date() - timedelta(days=now.weekday(), weeks=entry["weeks_ago"])
    people = [str(cast.people[name].pk) for name in entry["participants"]]
    turning = {"start": f"{monday}T{entry['at']}", "unit": entry["unit"], "participants": people}
    return turning | {"name": entry["name"], "restrictions": entry.get("restrictions", [])}


def _policy(cast: Cast, entry: Entry, position: int, now: datetime) -> None:
    plain = {name: entry[name] for name in ("name", "repeat", "remind_after")}
    EscalationPolicy.add(
        by=cast.actor("operator"),
        team=Team.objects.get(name=entry["team"]),
        services=[cast.services[slug] for slug in entry.get("services", ())],
        severity=entry.get("severity", ""),
        steps=[{"delay": step["delay"], "targets": list(_targets(cast, step))} for step in entry["steps"]],
        position=position,
        now=now,
        **plain,
    )


def _targets(cast: Cast, step: Entry) -> Iterator[dict[str, str]]:
    for name in step.get("schedules", ()):
        yield {"schedule": str(Schedule.objects.get(name=name).pk)}
    for name in step.get("users", ()):
        yield {"user": str(cast.people[name].pk)}
    for name in step.get("channels", ()):
        yield {"channel": str(Channel.objects.get(name=name).pk)}


def _override(cast: Cast, entry: Entry, now: datetime) -> None:
    day = (now + timedelta(days=entry["in_days"])).date()
    start = datetime.combine(day, time.fromisoformat(entry["at"]), UTC)
    user = cast.people[entry["user"]]
    schedule = Schedule.objects.get(name=entry["schedule"])
    schedule.take(user, start, start + timedelta(hours=entry["hours"]), by=user.actor, now=now)
