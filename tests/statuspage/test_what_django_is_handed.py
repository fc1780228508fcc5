"""The doors between the edge and Django."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from alerts.wire.away import unavailable
from config.life import FitForWsgi, Life, Whole, mended
from config.request_id import request_id
from statuspage.shelter import Shelter
from tests.statuspage.conftest import Asker, behind


def scope(query: bytes = b"", *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": "/", "query_string": query, "headers": list(headers)}


def test_a_header_that_would_pass_for_the_proxys_is_dropped() -> None:
    kept = mended(scope(b"", (b"x_forwarded_proto", b"https"), (b"x-forwarded-proto", b"http")))
    assert kept["headers"] == [(b"x-forwarded-proto", b"http")]


def test_odd_bytes_in_a_query_are_escaped() -> None:
    assert mended(scope(b"a=\xff%20"))["query_string"] == b"a=%FF%20"


def test_a_body_that_breaks_off_does_not_pass_for_whole() -> None:
    messages = iter([{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(messages)

    whole = Whole(receive)
    assert asyncio.run(whole())["body"] == b"half"
    with pytest.raises(ConnectionError):
        asyncio.run(whole())


def test_what_is_mended_is_passed_on() -> None:
    assert Asker(FitForWsgi(behind))("/console/").body == b"django"


def test_the_watcher_lives_as_long_as_the_process() -> None:
    called: list[str] = []

    class Watching:
        def start(self) -> None:
            called.append("start")

        def stop(self) -> None:
            called.append("stop")

    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent: list[str] = []

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(Life(behind, Watching())({"type": "lifespan"}, receive, send))  # type: ignore[arg-type]
    assert called == ["start", "stop"]
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_with_the_database_down_people_get_a_page_and_scripts_a_problem() -> None:
    ask = Asker(Shelter(behind, lambda: True, request_id))
    page, problem = ask("/console/"), ask("/api/v1/services", x_request_id="mine")
    assert page.status == problem.status == 503
    assert page.headers["retry-after"] == problem.headers["retry-after"]
    assert page.headers["cache-control"] == problem.headers["cache-control"] == "no-store"
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.headers["x-request-id"] == "mine"
    assert b'"request_id": "mine"' in problem.body
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert ask("/console/", method="HEAD").body == b""


@pytest.mark.parametrize(
    ("path", "word"),
    [("/api/v2/alerts", "code"), ("/v2/enqueue", "status"), ("/v2/enqueue/", "status"), ("/api/v1/alerts", "title")],
)
def test_with_the_database_down_machines_are_told_in_their_own_words(path: str, word: str) -> None:
    answer = Asker(Shelter(behind, lambda: True, request_id, unavailable))(path, method="POST")
    assert (answer.status, word in json.loads(answer.body)) == (503, True)
    assert answer.headers["content-type"] in ("application/json", "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ["/static/public.css", "/health/live", "/healthz", "/metrics"])
def test_what_needs_no_database_is_let_through(path: str) -> None:
    assert Asker(Shelter(behind, lambda: True, request_id))(path).body == b"django"


def test_with_the_database_there_everything_is() -> None:
    assert Asker(Shelter(behind, lambda: False, request_id))("/console/").body == b"django"
