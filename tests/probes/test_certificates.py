"""A certificate: trusted, for its name, and not about to end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import time_machine

from services.probes import Outcome, Value
from tests.probes.servers import OUTSIDE, SHORT, check, hang, tls

# When the good one ends.
END = datetime(2126, 1, 1, tzinfo=UTC)


def shown(certificate: str, options: dict[str, Value] | None = None, target: str = "localhost:{port}") -> Outcome:
    return check("tls", target, hang, options, context=tls(certificate))


@pytest.mark.parametrize(
    ("target", "options"),
    [("localhost:{port}", {}), ("127.0.0.1:{port}", {}), ("127.0.0.1:{port}", {"server_name": "good.test"})],
    ids=["name", "address", "other-name"],
)
def test_a_good_one_is_a_success(trusting: None, target: str, options: dict[str, Value]) -> None:
    outcome = shown("good", options, target)
    assert (outcome.ok, outcome.warn, outcome.code) == (True, False, "")
    assert "ends on 2126-01-01" in outcome.detail
    assert outcome.latency_ms is not None


@pytest.mark.parametrize(
    ("certificate", "options", "why"),
    [
        ("expired", {}, "certificate has expired"),
        ("other-name", {}, "it is for another name"),
        ("good", {"server_name": "shop.test"}, "it is for another name"),
        ("self-signed", {}, "self-signed certificate"),
    ],
)
def test_a_bad_one_is_a_failure_that_says_why(
    trusting: None, certificate: str, options: dict[str, Value], why: str
) -> None:
    outcome = shown(certificate, options)
    assert (outcome.ok, outcome.code) == (False, "tls_failed")
    assert why in outcome.detail


def test_an_authority_that_nobody_knows_is_a_failure() -> None:
    assert shown("good").code == "tls_failed"


@pytest.mark.parametrize(
    ("now", "warns", "days"),
    [
        (datetime(2125, 12, 17, 23, tzinfo=UTC), False, 14),
        (datetime(2125, 12, 18, 1, tzinfo=UTC), True, 13),
        (datetime(2125, 12, 31, 12, tzinfo=UTC), True, 0),
    ],
)
def test_near_its_end_it_is_a_success_that_warns(trusting: None, now: datetime, warns: bool, days: int) -> None:
    with time_machine.travel(now):
        outcome = shown("good")
    assert (outcome.ok, outcome.warn) == (True, warns)
    assert outcome.code == ("certificate_ends_soon" if warns else "")
    assert outcome.detail == f"The certificate ends on 2126-01-01, in {days} days."


def test_the_days_of_warning_can_be_set(trusting: None) -> None:
    with time_machine.travel(datetime(2125, 11, 1, tzinfo=UTC)):
        assert shown("good", {"warning_days": 90}).warn
        assert not shown("good", {"warning_days": 0}).warn


def test_a_port_without_tls_says_so() -> None:
    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.com\r\n")

    outcome = check("tls", "127.0.0.1:{port}", plain)
    assert (outcome.code, outcome.detail) == ("tls_failed", "It does not speak TLS.")


def test_a_handshake_that_hangs_is_ended() -> None:
    assert check("tls", "127.0.0.1:{port}", hang, timeout=SHORT).code == "timeout"


def test_a_private_address_is_refused() -> None:
    assert check("tls", "127.0.0.1:{port}", hang, guard=OUTSIDE, context=tls("good")).code == "refused_address"


@pytest.mark.parametrize(("verify", "code"), [(True, "tls_failed"), (False, "")])
@pytest.mark.parametrize("certificate", ["expired", "other-name", "self-signed"])
def test_a_web_address_need_not_be_verified(trusting: None, certificate: str, verify: bool, code: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    outcome = check("http", "https://localhost:{port}/", answer, {"verify_tls": verify}, context=tls(certificate))
    assert (outcome.ok, outcome.code) == (not code, code)
