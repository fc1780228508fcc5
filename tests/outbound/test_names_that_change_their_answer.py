"""A name is resolved once for a call, every address of it is judged, and one of those is connected to."""

from __future__ import annotations

import asyncio

import pytest

import outbound
from outbound import Failure, Guard, Refused
from outbound.sockets import open_socket
from outbound.stopwatch import Stopwatch
from tests.outbound.servers import AMPLE, HERE, Names, answering, failure, fetched, serving


def test_the_answer_that_was_judged_is_the_one_that_is_used() -> None:
    names = Names(flip_test=[["127.0.0.1"], ["10.0.0.1"]])
    assert fetched(answering(), "http://flip.test:PORT/", guard=Guard(HERE, names)).status == 200
    assert names.asked == ["flip.test"]


def test_the_next_call_judges_the_next_answer() -> None:
    guard = Guard(HERE, Names(flip_test=[["127.0.0.1"], ["10.0.0.1"]]))

    async def call_twice() -> str:
        async with serving(answering()) as port, outbound.client(guard, user_agent="Test/1") as http:
            await http.fetch("GET", f"http://flip.test:{port}/", timeout=AMPLE)
            with pytest.raises(Refused) as caught:
                await http.fetch("GET", f"http://flip.test:{port}/", timeout=AMPLE)
            return caught.value.code

    assert asyncio.run(call_twice()) == "refused_address"


def test_a_redirect_to_the_same_name_is_judged_anew() -> None:
    seen: list[str] = []
    guard = Guard(HERE, Names(flip_test=[["127.0.0.1"], ["127.0.0.2"]]))
    away = answering(status="302 Found", Location="/again", seen=seen)
    assert failure(away, "http://flip.test:PORT/", guard=guard).code == "refused_address"
    assert len(seen) == 1


@pytest.mark.parametrize("addresses", [["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["127.0.0.1", "::1"]])
def test_one_forbidden_address_among_good_ones_refuses_them_all(addresses: list[str]) -> None:
    seen: list[str] = []
    refused = failure(answering(seen=seen), "http://two.test:PORT/", guard=Guard(HERE, Names(two_test=[addresses])))
    assert refused.code == "refused_address"
    assert seen == []


def test_a_dead_address_does_not_hide_a_living_one() -> None:
    # Nothing listens on the first.
    guard = Guard(outbound.Networks.parse("127.0.0.0/8"), Names(two_test=[["127.9.9.9", "127.0.0.1"]]))
    assert fetched(answering(), "http://two.test:PORT/", guard=guard).status == 200


def test_a_name_without_addresses() -> None:
    failed = failure(answering(), "http://none.test:PORT/", guard=Guard(HERE, Names(none_test=[[]])))
    assert (failed.code, failed.detail) == ("dns_failed", "The name has no address.")


class Careless(Guard):
    """Lets pass what it is asked for."""

    async def addresses(self, host: str) -> tuple[str, ...]:
        return (host,)


def test_the_socket_is_watched_by_itself() -> None:
    """Whatever comes past the judgement of a name is judged again where the connection is opened."""

    async def connect() -> None:
        async with serving(answering()) as port:
            await open_socket(Careless(), "127.0.0.1", port, Stopwatch())

    with pytest.raises(Failure) as caught:
        asyncio.run(connect())
    assert caught.value.code == "refused_address"
