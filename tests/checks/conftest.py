"""A service with a part to check, and instants to check it at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from events.actors import SYSTEM
from services.checks.crew import Crew
from services.checks.runner import Runner
from services.models import Component, Heartbeat, Service
from tests.checks.targets import Target, serving

START = datetime(2026, 3, 2, 9, 0, 0, tzinfo=UTC)


@pytest.fixture
def shop(db: None) -> Service:
    return Service.add(by=SYSTEM, name="Shop", public=True, now=START)


@pytest.fixture
def part(shop: Service) -> Component:
    return Component.add(shop, by=SYSTEM, name="Website", now=START)


def watch(component: Component, url: str = "https://example.com/health", **fields: Any) -> Heartbeat:
    """Give the component a heartbeat at ``START``, due at once."""
    said = {"kind": "http", "now": START, **fields}
    if said["kind"] == "push":
        url = ""
    return Heartbeat.configure(component, by=SYSTEM, url=url, **said)


@pytest.fixture(scope="session")
def server() -> Iterator[Target]:
    with serving() as target:
        yield target


@pytest.fixture
def target(server: Target) -> Target:
    """A server that has not been asked yet and says what its paths say."""
    server.asked.clear()
    server.says.clear()
    server.hanging.clear()
    server.hold()
    return server


class Engine:
    """A runner with a clock that only the test moves."""

    def __init__(self, limit: int = 20) -> None:
        self.at = START
        self.crew = Crew(limit, lambda: self.at)
        self.runner = Runner(self.crew)

    def run(self, at: datetime | None = None) -> int:
        """Do what one call of the timetable does at this instant; return how many results were stored."""
        self.at = at or self.at
        return self.runner.work()


@pytest.fixture
def engine(db: None) -> Iterator[Engine]:
    engine = Engine()
    with engine.crew:
        yield engine


def more_parts(shop: Service, count: int) -> list[Component]:
    """Add components."""
    return [Component.add(shop, by=SYSTEM, name=f"Part {number}", now=START) for number in range(count)]
