"""A web address that answers: which answers are good, and what is said of those that are not."""

from __future__ import annotations

import asyncio
import json

import pytest
from django.conf import settings

from services.probes import Outcome, Value
from tests.probes.servers import answering, check, http

ADDRESS = "http://127.0.0.1:{port}/health?deep=1"
BODY = json.dumps({"status": "ok", "parts": [{"name": "database", "up": True}], "free": 12})


def judged(answer: bytes, **options: Value) -> Outcome:
    return check("http", ADDRESS, answering(answer), options)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("200 OK", None),
        ("204 No Content", "2xx"),
        ("404 Not Found", "404"),
        ("503 Away", "200, 500-599"),
        ("302 There", "3xx"),
    ],
)
def test_an_expected_status_is_a_success(status: str, expected: str | None) -> None:
    outcome = judged(http(status), **({"expected_status": expected} if expected else {}))
    assert (outcome.ok, outcome.code, outcome.warn) == (True, "", False)
    assert outcome.latency_ms is not None
    assert outcome.latency_ms > 0


@pytest.mark.parametrize(
    ("status", "options", "detail"),
    [
        ("500 Internal Server Error", {}, "The answer was 500 Internal Server Error; expected was 2xx."),
        ("200 OK", {"expected_status": "204"}, "The answer was 200 OK; expected was 204."),
        ("299 Odd", {"expected_status": "200,201"}, "The answer was 299; expected was 200,201."),
    ],
    ids=["500", "200-for-204", "299"],
)
def test_another_status_is_a_failure(status: str, options: dict[str, Value], detail: str) -> None:
    outcome = judged(http(status, "secret"), **options)
    assert (outcome.ok, outcome.code, outcome.detail) == (False, "unexpected_status", detail)
    assert outcome.latency_ms is not None


@pytest.mark.parametrize(
    ("body", "absent", "code"),
    [
        ("all is well", False, ""),
        ("all is broken", False, "keyword_missing"),
        ("All Is Well", False, "keyword_missing"),
        ("", False, "keyword_missing"),
        ("all is well", True, "keyword_present"),
        ("all is broken", True, ""),
    ],
)
def test_a_keyword_is_there_or_is_not(body: str, absent: bool, code: str) -> None:
    outcome = judged(http(body=body), keyword="is well", keyword_absent=absent)
    assert (outcome.ok, outcome.code) == (not code, code)


def test_of_a_long_answer_it_is_said_how_far_it_was_read() -> None:
    outcome = judged(http(body="x" * 70_000 + "all is well"), keyword="is well")
    assert outcome.detail == "What was read of the answer, its first 64 KB, does not hold “is well”."
    outcome = judged(http(body='"' + "x" * 70_000 + '"'), json_path="$", json_value="x")
    assert outcome.detail == "What was read of the answer, its first 64 KB, is not JSON."


def test_a_keyword_is_found_in_the_charset_of_the_answer() -> None:
    answer = http(body="geöffnet".encode("latin-1"), Content_Type="text/html; Charset='ISO-8859-1'")
    assert judged(answer, keyword="geöffnet").ok


@pytest.mark.parametrize("charset", ["no-such", "hex", "undefined", "utf-16", "iso-9999", "gb\x85"])
def test_a_charset_that_lies_breaks_nothing(charset: str) -> None:
    outcome = judged(http(body=b"a\xff", Content_Type=f"text/html; charset={charset}"), keyword="well")
    assert outcome.code == "keyword_missing"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("$.status", "ok", ""),
        ("parts.0.up", "true", ""),
        ("$.parts[0].name", "database", ""),
        ("$.free", "12", ""),
        ("$.status", "OK", "json_differs"),
        ("$.parts[1].name", "database", "json_missing"),
        ("$.free", "true", "json_differs"),
    ],
)
def test_a_value_in_json_is_compared(path: str, value: str, code: str) -> None:
    outcome = judged(http(body=BODY), json_path=path, json_value=value)
    assert (outcome.ok, outcome.code) == (not code, code)


@pytest.mark.parametrize(
    "body", ["", "<html>", "{", "[" * 60_000, '{"status": "ok"'], ids=["", "html", "open", "deep", "cut"]
)
def test_what_is_not_json_says_so(body: str) -> None:
    assert judged(http(body=body), json_path="$.status", json_value="ok").code == "not_json"


def test_no_word_of_the_answer_is_repeated() -> None:
    for options in ({"keyword": "x!"}, {"json_path": "status", "json_value": "x!"}, {"expected_status": "500"}):
        outcome = judged(http(body='{"status": "hunter2"}', X_Secret="hunter2"), **options)
        assert not outcome.ok
        assert "hunter2" not in outcome.detail


def test_the_request_is_the_one_that_was_asked_for() -> None:
    heard: list[str] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).decode() + (await reader.readexactly(9)).decode())
        writer.write(http())

    options = {"method": "POST", "headers": "X-Key: s3cret\nContent-Type: text/plain", "body": "Grüße\n!"}
    assert check("http", ADDRESS, listen, options).ok
    lines = heard[0].split("\r\n")
    assert lines[0] == "POST /health?deep=1 HTTP/1.1"
    assert f"User-Agent: OpStatus-HealthChecker/{settings.VERSION}" in lines
    assert {"X-Key: s3cret", "Content-Type: text/plain", "Content-Length: 9"} <= set(lines)
    assert lines[-1] == "Grüße\n!"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_every_method_is_sent(method: str) -> None:
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).split(b" ")[0])
        writer.write(http())

    assert check("http", ADDRESS, listen, {"method": method}).ok
    assert heard == [method.encode()]
