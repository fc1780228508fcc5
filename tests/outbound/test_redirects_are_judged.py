"""Each redirect is checked like the first address, and carries secrets to nobody else."""

from __future__ import annotations

import asyncio

import pytest
from yarl import URL

import outbound
from outbound import Failure, Guard
from outbound.request import Request
from tests.outbound.servers import AMPLE, HERE, Handler, Names, answering, failure, fetched, serving

ONLY_HERE = Guard(HERE)


def redirecting(location: str, status: int = 302, seen: list[str] | None = None) -> Handler:
    return answering(status=f"{status} Moved", Location=location, seen=seen)


@pytest.mark.parametrize(
    "location",
    [
        *(
            "http://127.0.0.2:PORT/",
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]:PORT/",
        ),
        *("//192.168.0.1/", "http://0x7f.2/", "http://2130706434:PORT/", "http://[64:ff9b::10.0.0.1]/", "http://0/"),
    ],
)
def test_to_a_forbidden_address(location: str) -> None:
    failed = failure(redirecting(location), guard=ONLY_HERE)
    assert failed.code == "refused_address"
    assert failed.detail.startswith("It redirects to an address that may not be reached from here.")


def test_to_a_name_that_leads_inside() -> None:
    guard = Guard(HERE, Names(inside_test=[["10.0.0.1"]]))
    assert failure(redirecting("http://inside.test/"), guard=guard).code == "refused_address"


@pytest.mark.parametrize(
    "location",
    [
        *("ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:PORT/", "javascript:alert(1)"),
        *("http://u:p@127.0.0.1:PORT/", "//u@127.0.0.1:PORT/", "http://127.0.0.1:0/", "http://127.0.0.1:99999/"),
        *("http://exa\\mple.com", "http://[::1", "http://a b/"),
    ],
)
def test_to_what_is_no_web_address(location: str) -> None:
    failed = failure(redirecting(location), guard=ONLY_HERE)
    assert failed.code == "bad_redirect"
    assert failed.detail.startswith("It redirects to something that is no web address.")


@pytest.mark.parametrize("place", ["hunter2.127.0.0.1", "hunter2 ", "hunter2\u00ad", "hunter2" * 10, "hunter2:x"])
def test_where_it_leads_is_not_repeated(place: str) -> None:
    assert "hunter2" not in failure(redirecting(f"http://{place}/"), guard=ONLY_HERE).detail


def test_to_itself_for_ever() -> None:
    seen: list[str] = []
    failed = failure(redirecting("/", seen=seen), guard=ONLY_HERE, redirects=3)
    assert (failed.code, failed.detail) == ("too_many_redirects", "It redirects more than 3 times.")
    assert len(seen) == 4


def test_none_is_followed_where_none_is_wanted() -> None:
    reply = fetched(redirecting("http://10.0.0.1/"), guard=ONLY_HERE, redirects=0)
    assert (reply.status, reply.headers["location"]) == (302, "http://10.0.0.1/")


def test_one_without_a_place_is_the_reply() -> None:
    assert fetched(answering(status="302 Found")).status == 302


@pytest.mark.parametrize("location", ["sub", "/a/sub", "?x=1", "http://127.0.0.1:PORT/a/b", "//127.0.0.1:PORT/a/b"])
def test_relative_ones_are_followed(location: str) -> None:
    async def fetch() -> str:
        once = iter([redirecting(location)])

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await next(once, answering(body=b"there"))(reader, writer)

        async with serving(handle) as port, outbound.client(ONLY_HERE, user_agent="Test/1") as http:
            reply = await http.fetch("GET", f"http://127.0.0.1:{port}/a/", timeout=AMPLE)
            return reply.body.decode() + reply.url.removeprefix(f"http://127.0.0.1:{port}")

    expected = {"sub": "/a/sub", "/a/sub": "/a/sub", "?x=1": "/a/?x=1"}.get(location, "/a/b")
    assert asyncio.run(fetch()) == f"there{expected}"


ASKED = Request("POST", URL("http://one.test/form"), {"X-Key": "secret", "Authorization": "b", "Accept": "c"}, b"x")


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("http://one.test/other", {"X-Key", "Authorization", "Accept"}),
        ("https://one.test/other", {"X-Key", "Authorization", "Accept"}),
        ("http://one.test:81/other", {"Accept"}),
        ("http://two.test/other", {"Accept"}),
        ("https://two.test/other", {"Accept"}),
    ],
)
def test_headers_go_to_their_owner_alone(location: str, kept: set[str]) -> None:
    assert set(ASKED.redirected(307, location).headers) == kept


def test_secrets_do_not_fall_back_to_plain_http() -> None:
    secure = Request("GET", URL("https://one.test/"), {"X-Key": "secret"}, None)
    assert not secure.redirected(302, "http://one.test/").headers


@pytest.mark.parametrize(
    ("method", "status", "then"),
    [
        *(
            ("POST", 301, "GET"),
            ("POST", 302, "GET"),
            ("POST", 303, "GET"),
            ("POST", 307, "POST"),
            ("POST", 308, "POST"),
        ),
        *(("PUT", 302, "PUT"), ("PUT", 303, "GET"), ("HEAD", 303, "HEAD"), ("GET", 301, "GET")),
    ],
)
def test_methods_change_as_in_a_browser(method: str, status: int, then: str) -> None:
    following = Request(method, ASKED.url, {}, b"x").redirected(status, "/next")
    assert following.method == then
    assert following.body == (b"x" if then == method else None)


def test_two_ways_to_read_an_address_are_one_too_many() -> None:
    with pytest.raises(Failure) as caught:
        ASKED.redirected(302, "http://one.test\\@two.test/")
    assert caught.value.code == "bad_redirect"
