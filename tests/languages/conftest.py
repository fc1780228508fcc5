"""A page that is offered in several languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branding.models import Brand
from incidents.models import Incident
from services.models import Service
from tests.statuspage import conftest
from tests.statuspage.conftest import ANN, Asker

ask, shelf, checkout, put_on_shelf = conftest.ask, conftest.shelf, conftest.checkout, conftest.put_on_shelf


@pytest.fixture
def speak(checkout: Service) -> Callable[..., None]:
    """Return a function that says which languages there are, the main one first."""

    def choose(main: str, *further: str) -> None:
        Brand.current().edit(by=ANN, changes={"language": main, "languages": list(further)})

    return choose


@pytest.fixture
def outage(checkout: Service) -> Incident:
    return Incident.declare(by=ANN, title="Payments fail", severity="high", body="Looking.", services={checkout: None})


@pytest.fixture
def page(checkout: Service, ask: Asker, put_on_shelf: Callable[[], None]) -> Callable[..., str]:
    """Return a function that publishes what waits, and reads an address; nothing where nothing is published."""

    def read(address: str = "/status", query: str = "") -> str:
        put_on_shelf()
        reply = ask(address, query)
        return reply.body.decode() if reply.status == 200 else ""

    return read
