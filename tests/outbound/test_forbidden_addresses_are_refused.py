"""What is not the public internet is refused when it is typed, and again when it is called."""

from __future__ import annotations

import asyncio

import pytest

import outbound
from outbound import Failure, Guard, Refused
from outbound.addresses import fault
from tests.outbound.corpus import FORBIDDEN, SPELLINGS, UNREADABLE, web
from tests.outbound.servers import AMPLE, OUTSIDE, Names

# Not all of them can stand in the name of a test.
NUMBERED = [pytest.param(url, id=str(number)) for number, url in enumerate(UNREADABLE)]


def call(url: str, guard: Guard = OUTSIDE) -> Failure:
    async def fetch() -> None:
        async with outbound.client(guard, user_agent="Test/1") as http:
            await http.fetch("GET", url, timeout=AMPLE)

    with pytest.raises(Failure) as caught:
        asyncio.run(fetch())
    return caught.value


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_is_refused_when_it_is_typed(address: str) -> None:
    with pytest.raises(Refused, match=r" is (a|an|the|this) ") as caught:
        OUTSIDE.check_url(web(address))
    assert caught.value.code == "refused_address"


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_is_refused_when_it_is_called(address: str) -> None:
    assert call(web(address)).code == "refused_address"


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_leads_to_one_is_refused_when_it_is_called(address: str) -> None:
    guard = Guard(lookup=Names(tricky_test=[[address]]))
    guard.check_url("http://tricky.test/")
    refused = call("http://tricky.test/", guard)
    assert refused.code == "refused_address"
    assert refused.detail.startswith(f"“tricky.test” leads to {address}, which is ")


@pytest.mark.parametrize("url", SPELLINGS)
def test_a_spelling_is_refused_when_it_is_typed(url: str) -> None:
    with pytest.raises(Refused) as caught:
        OUTSIDE.check_url(url)
    assert caught.value.code == "refused_address"


@pytest.mark.parametrize("url", SPELLINGS)
def test_a_spelling_is_refused_when_it_is_called(url: str) -> None:
    assert call(url).code == "refused_address"


@pytest.mark.parametrize("url", NUMBERED)
def test_what_is_no_web_address_is_refused_at_both(url: str) -> None:
    with pytest.raises(Refused) as caught:
        OUTSIDE.check_url(url)
    assert caught.value.code == "bad_url"
    assert call(url).code == "bad_url"


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
        *("128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.169.0.0"),
        *("192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:4860:4860::8888", "2003::1"),
        *("2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2a00:1450:4001:800::200e"),
    ],
)
def test_the_public_internet_is_open(address: str) -> None:
    assert fault(address, OUTSIDE.allowed) == ""
    OUTSIDE.check_url(web(address))
