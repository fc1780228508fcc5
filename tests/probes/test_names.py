"""A name, asked of a name server of our own that answers as each test says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeAlias

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from services.probes import KINDS, Outcome, Value, equipped
from tests.probes.servers import AMPLE, EVERYWHERE, OUTSIDE, SHORT, ask
from tests.product import free_port

# Returns the bytes to answer with, or nothing.
Zone: TypeAlias = Callable[[dns.message.Message], bytes]
NAME = "shop.example.com"
RECORDS = {
    "A": ["192.0.2.7", "192.0.2.8"],
    "AAAA": ["2001:db8::7"],
    "CNAME": ["Edge.Example.net."],
    "MX": ["10 mail.example.com."],
    "TXT": ['"v=spf1 " "-all"'],
    "NS": ["ns1.example.com."],
}


class Server(asyncio.DatagramProtocol):
    def __init__(self, zone: Zone) -> None:
        self.zone = zone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, where: object) -> None:
        if answer := self.zone(dns.message.from_wire(data)):
            self.transport.sendto(answer, where)  # type: ignore[attr-defined]  # it is a datagram's


def looked_up(zone: Zone, target: str = NAME, *, timeout: float = AMPLE, **options: Value) -> Outcome:
    async def look() -> Outcome:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: Server(zone), local_addr=("127.0.0.1", 0))
        port = transport.get_extra_info("sockname")[1]
        async with equipped(EVERYWHERE) as tools:
            told = {"resolver": f"127.0.0.1:{port}", **options}
            return await KINDS["dns"].run(target, told, timeout=timeout, tools=tools)

    return asyncio.run(look())


def known(question: dns.message.Message) -> bytes:
    """Know :data:`NAME` with all its records, and nothing else."""
    answer, asked = dns.message.make_response(question), question.question[0]
    answer.flags |= dns.flags.RA
    if str(asked.name).lower() != f"{NAME}.":
        answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()
    texts = RECORDS[dns.rdatatype.to_text(asked.rdtype)]
    answer.answer.append(dns.rrset.from_text_list(asked.name, 60, "IN", asked.rdtype, texts))
    return answer.to_wire()


def refusing(code: dns.rcode.Rcode) -> Zone:
    def refuse(question: dns.message.Message) -> bytes:
        answer = dns.message.make_response(question)
        answer.set_rcode(code)
        return answer.to_wire()

    return refuse


@pytest.mark.parametrize("record", sorted(RECORDS))
def test_a_record_of_each_type_is_found(record: str) -> None:
    outcome = looked_up(known, record=record)
    assert (outcome.ok, outcome.code) == (True, "")
    assert outcome.latency_ms is not None


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        ("A", "192.0.2.8"),
        ("AAAA", "2001:DB8:0::7"),
        ("CNAME", "edge.example.NET"),
        ("MX", "10  Mail.example.com"),
        ("MX", "mail.example.com."),
        ("TXT", "v=spf1 -all"),
        ("NS", "ns1.example.com."),
    ],
)
def test_the_expected_one_is_among_them(record: str, wanted: str) -> None:
    assert looked_up(known, record=record, expect=wanted).ok


@pytest.mark.parametrize(
    ("record", "wanted"),
    [("A", "192.0.2.9"), ("A", "192.0.2"), ("AAAA", "2001:db8::8"), ("MX", "20 mail.example.com"), ("TXT", "v=spf1")],
)
def test_another_is_a_failure(record: str, wanted: str) -> None:
    outcome = looked_up(known, record=record, expect=wanted)
    assert (outcome.ok, outcome.code) == (False, "dns_differs")
    assert outcome.detail == f"None of the {record} records is “{wanted}”."


@pytest.mark.parametrize(
    ("zone", "detail"),
    [
        (refusing(dns.rcode.NXDOMAIN), "There is no such name."),
        (refusing(dns.rcode.NOERROR), "The name has no A record."),
        (refusing(dns.rcode.SERVFAIL), "The name servers gave no answer that makes sense."),
        (refusing(dns.rcode.REFUSED), "The name servers gave no answer that makes sense."),
    ],
    ids=["NXDOMAIN", "no-record", "SERVFAIL", "REFUSED"],
)
def test_a_name_server_that_knows_nothing_says_why(zone: Zone, detail: str) -> None:
    outcome = looked_up(zone)
    assert (outcome.ok, outcome.code, outcome.detail) == (False, "dns_failed", detail)


def test_a_name_that_is_not_known_fails() -> None:
    assert looked_up(known, "other.example.com").code == "dns_failed"


@pytest.mark.parametrize("answer", [b"", b"\x00", b"\xff" * 40], ids=["silence", "a-byte", "garbage"])
def test_a_name_server_that_never_answers_is_not_waited_for(answer: bytes) -> None:
    outcome = looked_up(lambda _question: answer, timeout=SHORT)
    assert (outcome.ok, outcome.code) == (False, "timeout")


def test_a_name_in_another_script_is_asked_for_in_ascii() -> None:
    heard: list[str] = []

    def listen(question: dns.message.Message) -> bytes:
        heard.append(str(question.question[0].name))
        return refusing(dns.rcode.NXDOMAIN)(question)

    looked_up(listen, "bücher.example")
    assert heard == ["xn--bcher-kva.example."]


@pytest.mark.parametrize("resolver", ["127.0.0.1", "localhost:53", "169.254.169.254"])
def test_a_private_name_server_is_refused(resolver: str) -> None:
    outcome = ask("dns", NAME, {"resolver": resolver}, guard=OUTSIDE)
    assert (outcome.ok, outcome.code) == (False, "refused_address")


def test_nobody_listens_there() -> None:
    outcome = ask("dns", NAME, {"resolver": f"127.0.0.1:{free_port()}"}, timeout=SHORT)
    assert (outcome.ok, outcome.code) in [(False, "timeout"), (False, "dns_failed")]
