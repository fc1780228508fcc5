"""The guard takes a host for the same address as the C library does, or for none where that takes it for none."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.addresses import literal

number = st.one_of(st.integers(0, 300), st.integers(0, 2**32 + 5))
spelled = st.one_of(
    number.map(str),
    number.map(hex),
    number.map(lambda value: f"0X{value:X}"),
    number.map(lambda value: f"0{value:o}"),
    number.map(lambda value: f"000{value:o}"),
)
words = st.text(alphabet="0123456789abcxX", min_size=1, max_size=4)
hosts = st.lists(st.one_of(spelled, words), min_size=1, max_size=5).map(".".join)


@given(hosts)
def test_numbers_in_every_form(host: str) -> None:
    try:
        system = IPv4Address(socket.inet_aton(host))
    except OSError:
        system = None
    try:
        ours = literal(host)
    except ValueError:
        ours = None
    # What only the C library refuses is refused, or judged as an address: never taken for a name.
    assert ours == system or system is None


@given(st.ip_addresses())
def test_every_address_is_itself(address: object) -> None:
    assert literal(str(address)) == ip_address(str(address))


@pytest.mark.parametrize(
    "host", ["example.com", "1.example", "0x7f.example", "a", "x-1.2.3.com", "0xg", "7f", "1.2.3.four"]
)
def test_a_name_is_no_address(host: str) -> None:
    assert literal(host) is None
