"""A day in March, an operator's script, and the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from time_machine import Traveller

from tests.flows.outside import Operator, Public

MORNING = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def operator(db: None, clock: Traveller) -> Operator:
    return Operator(clock)


@pytest.fixture
def public(db: None) -> Public:
    return Public()


@pytest.fixture
def checkout(operator: Operator) -> str:
    """The id of a public service that is a day old."""
    service: str = operator.post("services", 201, name="Checkout", public=True)["id"]
    operator.wait(days=1)
    return service
