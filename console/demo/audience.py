"""Who is told: the company's subscribers and channels."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.stories import HERE
from notifications.choice import Choice
from notifications.kinds import Audience, Mode, Way
from notifications.links import Reader
from notifications.models import Channel, Subscriber

Entry = TypeVar("Entry", "Listener", "Place")


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody outside, as ``audience.toml`` writes it."""

    email: str
    hours_ago: int
    services: list[str] = field(default_factory=list)
    mode: str = Mode.ALL
    timezone: str = "UTC"
    digest_hour: int = 8
    vouched: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, as ``audience.toml`` writes it."""

    name: str
    kind: str
    hours_ago: int
    options: dict[str, Any]
    audience: str = Audience.INTERNAL
    severity: str = ""


def gather(cast: Cast, now: datetime) -> Iterator[Act]:
    """Yield how each came."""
    written = tomllib.loads((HERE / "audience.toml").read_text(encoding="utf-8"))
    for entry in written["subscribers"]:
        yield _came(Listener(**entry), partial(_subscribe, cast), now)
    for entry in written["channels"]:
        yield _came(Place(**entry), partial(_connect, cast), now)


def _came(entry: Entry, do: Callable[[Entry, datetime], object], now: datetime) -> Act:
    return Act(now - timedelta(hours=entry.hours_ago), partial(do, entry))


def _subscribe(cast: Cast, entry: Listener, now: datetime) -> None:
    services = [cast.services[slug] for slug in entry.services]
    choice = Choice(services, mode=Mode(entry.mode), timezone=entry.timezone, digest_hour=entry.digest_hour)
    by = cast.actor("operator")
    Subscriber.add(Reader(Way.EMAIL, entry.email), choice, by=by, vouched=entry.vouched, now=now)


def _connect(cast: Cast, entry: Place, now: datetime) -> None:
    Channel.add(
        by=cast.actor("admin"),
        name=entry.name,
        kind=entry.kind,
        options=entry.options,
        audience=entry.audience,
        severity=entry.severity,
        now=now,
    )
