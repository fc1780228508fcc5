from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection

from incidents.models import Incident
from services.models import Service
from statuspage.shelf import Shelf
from tests.statuspage.conftest import ANN, Asker


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("The edge asked.")


def test_no_query_no_cache_no_cookie_on_any_public_address(
    checkout: Service,
    put_on_shelf: Callable[[], None],
    shelf: Shelf,
    ask: Asker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={checkout: None})
    put_on_shelf()
    for name in ("get", "set", "add"):
        monkeypatch.setattr(cache, name, refuse)
    with connection.execute_wrapper(refuse):
        for address in shelf.held.entries:
            path, _, query = address.partition("?")
            reply = ask(path, query, cookie="opstatus_session=abc")
            assert reply.status == 200, address
            assert "set-cookie" not in reply.headers
            assert "cookie" not in reply.headers["vary"]
        assert ask("/api/v1/status/incidents", "days=7").status == 200
