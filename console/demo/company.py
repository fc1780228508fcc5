"""The made-up company: its people, and what it runs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who runs incidents. The passwords of those who do not sign in are told to nobody."""

    username: str
    name: str
    role: str
    timezone: str
    signs_in: bool = False


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """One service with its components; ``age_days`` is how long it has existed."""

    slug: str
    name: str
    description: str
    owner: str
    components: Sequence[str]
    url: str = ""
    sla_target: str | None = None
    public: bool = True
    age_days: int = 400


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """One heading with its services."""

    name: str
    services: Sequence[ServiceEntry]


@dataclass(frozen=True, slots=True)
class Company:
    """All of it."""

    people: Sequence[Person]
    groups: Sequence[GroupEntry] = field(default_factory=list)

    @classmethod
    def read(cls) -> Self:
        """Read ``company.toml``."""
        written = tomllib.loads((HERE / "company.toml").read_text(encoding="utf-8"))
        return cls(
            people=[Person(**person) for person in written["people"]],
            groups=[_group(group) for group in written["groups"]],
        )


def _group(written: Mapping[str, Any]) -> GroupEntry:
    return GroupEntry(written["name"], [ServiceEntry(**service) for service in written["services"]])
