"""What one machine says about one thing, whatever language it spoke. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What a signal wants."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing that is wrong, that somebody has, or that is over.

    ``fingerprint`` says which thing it is, within one integration. ``starts_at`` and ``ends_at`` are the sender's,
    None where it gave none. ``lease_until``: the sender will say it again before then, or else it is over.
    """

    fingerprint: str
    action: Action
    service: str = ""
    severity: str = ""
    message: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    links: Sequence[Mapping[str, str]] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    lease_until: datetime | None = None
    raw: Any = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be read: the sentence that says why, and what came."""

    reason: str
    raw: Any
    # The answer of the original to it, where the format has one.
    status: int = 400


class Malformed(ValueError):
    """A body that is no message of its format. The text says why; nothing of it was read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How an integration reads labels: which may name the service, in this order, and which are dropped first."""

    service_labels: Sequence[str] = ("service", "job", "alertname")
    ignored_labels: Sequence[str] = ("replica", "prometheus_replica")
