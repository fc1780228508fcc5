"""What goes out: the user agent, the caller's headers, and nothing from the machine's surroundings."""

from __future__ import annotations

import gzip
import zlib

import pytest

from outbound import CODES
from tests.outbound.servers import answering, failure, fetched


def test_a_request_introduces_itself() -> None:
    seen: list[str] = []
    fetched(answering(seen=seen), headers={"X-Key": "abc"})
    assert seen[0].startswith("GET / HTTP/1.1\r\nHost: 127.0.0.1:")
    sent = {line.partition(":")[0]: line.partition(": ")[2] for line in seen[0].split("\r\n")[1:] if line}
    assert sent.pop("Host")
    assert sent == {
        "User-Agent": "Test/1",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "X-Key": "abc",
        "Accept": "*/*",
    }


def test_a_caller_may_speak_for_itself() -> None:
    seen: list[str] = []
    fetched(answering(seen=seen), headers={"user-agent": "Mine", "Accept": "text/plain"})
    assert "Mine" in seen[0]
    assert "Test/1" not in seen[0]


def test_a_body_is_sent_as_it_is() -> None:
    seen: list[str] = []
    fetched(answering(seen=seen), method="post", body=b"x=1")
    assert seen[0].startswith("POST / ")
    assert "Content-Length: 3\r\n" in seen[0]
    assert "Content-Type" not in seen[0]


def test_proxies_and_passwords_of_the_machine_are_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    netrc = tmp_path / "netrc"  # type: ignore[operator]
    netrc.write_text("machine 127.0.0.1 login u password hunter2\n")
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[str] = []
    assert fetched(answering(seen=seen)).status == 200
    assert "Authorization" not in seen[0]


def test_cookies_are_not_kept() -> None:
    seen: list[str] = []
    failure(answering(status="302 Found", Location="/", Set_Cookie="a=b", seen=seen), redirects=1)
    assert len(seen) == 2
    assert "ookie" not in seen[1]


@pytest.mark.parametrize("headers", [{"X": "a\r\nY: b"}, {"X\r\nY": "b"}, {"X": "a\0"}, {"X": "a\nb"}])
def test_a_header_cannot_become_two(headers: dict[str, str]) -> None:
    seen: list[str] = []
    failed = failure(answering(seen=seen), headers=headers)
    assert (failed.code, failed.detail) == ("bad_request", CODES["bad_request"])
    assert seen == []


@pytest.mark.parametrize("method", ["GET /x", "G\r\nT", "GÉT"])
def test_a_method_cannot_become_more(method: str) -> None:
    assert failure(answering(), method=method).code == "bad_request"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP ", "deflate"])
def test_what_comes_packed_unasked_is_unpacked_as_far_as_the_limit(encoding: str) -> None:
    body = (zlib if encoding == "deflate" else gzip).compress(b"x" * 5_000_000)
    assert fetched(answering(body=body, Content_Encoding=encoding)).body == b"x" * 65_536


def test_what_only_says_that_it_is_packed_stays() -> None:
    assert fetched(answering(body=b"plain", Content_Encoding="gzip")).body == b"plain"
    assert fetched(answering(body=b"plain", Content_Encoding="br")).body == b"plain"


def test_a_reply_tells_what_came_back_and_how_long_it_took() -> None:
    reply = fetched(
        answering(body=b"sorry", status="503 Busy", Content_Type="text/plain"), "http://localhost:PORT/a?b#c"
    )
    assert (reply.status, reply.body, reply.headers["CONTENT-TYPE"]) == (503, b"sorry", "text/plain")
    assert reply.url.startswith("http://localhost:")
    spent = reply.timings
    assert spent.dns > 0
    assert spent.connect > 0
    assert spent.tls == 0
    assert spent.first_byte > 0
    assert spent.dns + spent.connect + spent.tls + spent.first_byte <= spent.total
