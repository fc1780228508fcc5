"""Callers of the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import bearer, signed_in

Caller = Callable[..., Client]


@pytest.fixture
def script(db: None) -> Caller:
    """Return a maker of clients that send an API key: ``script("read", "write")``."""
    return lambda *scopes: Client(headers=bearer(*scopes))


@pytest.fixture
def person(db: None) -> Caller:
    """Return a maker of clients with a session: ``person(Role.VIEWER)``."""
    return signed_in
