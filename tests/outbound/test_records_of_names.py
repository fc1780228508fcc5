"""Records are asked of the name server that is named, if the guard lets it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from outbound import Failure, Guard, records
from tests.outbound.servers import AMPLE, EVERYWHERE, OUTSIDE, SHORT

ZONE = {
    ("good.test.", "A"): ["192.0.2.7", "192.0.2.8"],
    ("good.test.", "AAAA"): ["2001:db8::7"],
    ("good.test.", "MX"): ["10 mail.good.test."],
    ("good.test.", "TXT"): ['"v=spf1 " "-all"'],
    ("www.good.test.", "CNAME"): ["good.test."],
}


class NameServer(asyncio.DatagramProtocol):
    """Answers from :data:`ZONE`; refuses ``broken.test``, and is silent on ``mute.test``."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, sender: tuple[str, int]) -> None:
        asked = dns.message.from_wire(data)
        name, kind = str(asked.question[0].name), asked.question[0].rdtype.name
        if name == "mute.test.":
            return
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        if name == "broken.test.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif all(known != name for known, _ in ZONE):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif found := ZONE.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *found))
        self._transport.sendto(answer.to_wire(), sender)  # type: ignore[attr-defined]


def ask(name: str, kind: str, *, timeout: float = AMPLE, guard: Guard = EVERYWHERE) -> Sequence[str]:
    async def asked() -> Sequence[str]:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(NameServer, ("127.0.0.1", 0))
        try:
            server = transport.get_extra_info("sockname")
            return await records(guard, name, kind, timeout=timeout, server=server)
        finally:
            transport.close()

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("good.test", "A", {"192.0.2.7", "192.0.2.8"}),
        ("GOOD.test.", "AAAA", {"2001:db8::7"}),
        ("good.test", "MX", {"10 mail.good.test."}),
        ("good.test", "TXT", {"v=spf1 -all"}),
        ("www.good.test", "CNAME", {"good.test."}),
    ],
)
def test_what_the_name_server_knows(name: str, kind: str, found: set[str]) -> None:
    assert set(ask(name, kind)) == found


@pytest.mark.parametrize(
    ("name", "kind", "code", "detail"),
    [
        ("nobody.test", "A", "dns_failed", "There is no such name."),
        ("www.good.test", "MX", "dns_failed", "The name has no MX record."),
        ("broken.test", "A", "dns_failed", "The name servers gave no answer that makes sense."),
        ("a b", "A", "bad_url", "The address names no machine. Write one as in example.com."),
    ],
)
def test_what_it_does_not_know(name: str, kind: str, code: str, detail: str) -> None:
    with pytest.raises(Failure) as caught:
        ask(name, kind)
    assert (caught.value.code, caught.value.detail) == (code, detail)


def test_one_that_is_silent() -> None:
    with pytest.raises(Failure) as caught:
        ask("mute.test", "A", timeout=SHORT)
    assert (caught.value.code, caught.value.detail) == ("timeout", "The name servers did not answer within 0.3 s.")


def test_one_that_may_not_be_asked() -> None:
    with pytest.raises(Failure) as caught:
        ask("good.test", "A", guard=OUTSIDE)
    assert caught.value.code == "refused_address"
