"""The setting opens the networks that it names, and nothing beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound import Guard, Networks, Refused
from outbound.addresses import fault
from tests.outbound.corpus import FORBIDDEN, SPELLINGS, web

EVERYTHING = Networks.parse("all")
METADATA = {
    *("100.100.100.200", "168.63.129.16", "169.254.169.254", "169.254.170.2", "192.0.0.192", "fd00:ec2::254"),
    *("::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::"),
}
NOWHERE = {
    *("0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.250", "255.255.255.255", "::", "ff02::1"),  # noqa: S104
    # A Teredo address whose server is 0.0.0.0.
    "2001::1",
}


@pytest.mark.parametrize("address", sorted(set(FORBIDDEN) - METADATA - NOWHERE))
def test_all_opens_every_network_that_a_machine_can_be_in(address: str) -> None:
    assert fault(address, EVERYTHING) == ""


@pytest.mark.parametrize("address", sorted(METADATA))
def test_all_leaves_out_what_hands_out_the_keys_of_the_machine(address: str) -> None:
    assert fault(address, EVERYTHING) == "the metadata service of a cloud"


@pytest.mark.parametrize("address", sorted(NOWHERE))
@pytest.mark.parametrize("setting", ["all", "0.0.0.0/0,::/0"])
def test_nothing_opens_what_is_no_machine(address: str, setting: str) -> None:
    assert fault(address, Networks.parse(setting)) != ""


@pytest.mark.parametrize("url", [url for url in SPELLINGS if "10" not in url and "/0" not in url and "169" not in url])
def test_a_spelling_is_as_open_as_what_it_spells(url: str) -> None:
    if any(metadata in url for metadata in ("2852039166", "0xa9fea9fe", "0251")):
        with pytest.raises(Refused, match="metadata"):
            Guard(EVERYTHING).check_url(url)
    else:
        Guard(EVERYTHING).check_url(url)


@pytest.mark.parametrize(
    ("setting", "opened", "shut"),
    [
        ("10.0.0.0/8", ["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3"], ["192.168.0.1", "::1"]),
        ("192.168.7.0/24", ["192.168.7.9"], ["192.168.6.255", "192.168.8.0", "2002:c0a8:709::1"]),
        ("10.20.30.40", ["10.20.30.40"], ["10.20.30.39", "10.20.30.41"]),
        ("fd00:20::/32", ["fd00:20:1::1"], ["fd00:21::1", "fe80::1", "10.0.0.1"]),
        ("127.0.0.0/8, ::1", ["127.0.0.1", "127.9.9.9", "::1"], ["10.0.0.1", "169.254.169.254"]),
        ("169.254.169.254", ["169.254.169.254"], ["169.254.169.253", "169.254.170.2"]),
        ("all,169.254.169.254", ["169.254.169.254", "10.0.0.1"], ["169.254.170.2", "224.0.0.1"]),
        ("2002::/16", ["2002:808:808::1"], ["2002:a00:1::1"]),
        ("", ["8.8.8.8"], ["10.0.0.1", "127.0.0.1"]),
        ("none", ["8.8.8.8"], ["10.0.0.1", "127.0.0.1"]),
    ],
)
def test_a_list_opens_exactly_itself(setting: str, opened: list[str], shut: list[str]) -> None:
    guard = Guard(Networks.parse(setting))
    for address in opened:
        guard.check_url(web(address))
    for address in shut:
        with pytest.raises(Refused):
            guard.check_url(web(address))


@given(st.ip_addresses(network="172.16.0.0/12"), st.integers(12, 32), st.ip_addresses(network="172.16.0.0/12"))
def test_an_address_is_open_where_its_network_is_named(base: object, length: int, address: object) -> None:
    number = int(base) >> (32 - length) << (32 - length)  # type: ignore[call-overload]
    setting = f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}/{length}"
    inside = int(address) >> (32 - length) << (32 - length) == number  # type: ignore[call-overload]
    assert (fault(str(address), Networks.parse(setting)) == "") is inside


@pytest.mark.parametrize(
    "setting", ["everything", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/8 fd00::/8", "none,::1", "a.b"]
)
def test_nonsense_is_no_setting(setting: str) -> None:
    with pytest.raises(ValueError, match=r"^“.+” is not a network: write it as in 10\.0\.0\.0/8"):
        Networks.parse(setting)
