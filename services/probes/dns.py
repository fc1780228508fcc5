"""Heartbeats of names: does the domain name system know it, and say what it should?"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING

import outbound
from services.probes.addresses import domain, split
from services.probes.options import Option, Target, Value
from services.probes.outcome import Outcome, failed, passed
from services.probes.probe import Check, Probe

if TYPE_CHECKING:
    from outbound import Guard

RECORDS = ("A", "AAAA", "CNAME", "MX", "TXT", "NS")
PORT = 53


def name_server(text: str) -> tuple[str, int]:
    """Return host and port of a name server; the port may be left out. Raises ``ValidationError`` with a sentence."""
    if text.count(":") == 1 or text.startswith("["):
        return split(text)
    return split(f"[{text}]:{PORT}" if ":" in text else f"{text}:{PORT}")


class Dns(Probe):
    """Asks for the records of a name."""

    kind = "dns"
    label = "DNS name"
    about = "A name has a record of a type and, if you say so, an expected one."
    target = Target("Name", "example.com", "The name to look up.", domain)
    options = (
        Option("record", "Record", "choice", default="A", choices=RECORDS),
        Option(
            "expect",
            "Expected value",
            "text",
            default="",
            help="One of the answers must be this: 192.0.2.7, 10 mail.example.com. Empty: any answer will do.",
            max=500,
        ),
        Option(
            "resolver",
            "Name server",
            "text",
            default="",
            help="Whom to ask: 9.9.9.9, 9.9.9.9:5353. Empty: the name servers of this machine.",
            max=100,
            check=name_server,
        ),
    )

    def agree(self, options: Mapping[str, Value], guard: Guard) -> dict[str, str]:
        """Refuse a name server that must not be asked."""
        server = str(options["resolver"])
        if not server:
            return {}
        try:
            guard.check_host(name_server(server)[0])
        except outbound.Refused as refused:
            return {"resolver": refused.detail}
        return {}

    async def ask(self, check: Check) -> Outcome:
        """Ask, and compare."""
        record, wanted = check.text("record"), check.text("expect")
        server = name_server(check.text("resolver")) if check.text("resolver") else None
        found = await outbound.records(
            check.tools.guard, domain(check.target), record, timeout=check.timeout, server=server
        )
        if wanted and not any(_same(record, one, wanted) for one in found):
            return failed("dns_differs", f"None of the {record} records is “{wanted}”.", check.elapsed())
        return passed(check.elapsed())


def _same(record: str, found: str, wanted: str) -> bool:
    """Names end with a dot or not, in any case; a mail server may be given without its preference."""
    if record == "TXT":
        return found == wanted
    if record in {"A", "AAAA"}:
        return _plain_address(found) == _plain_address(wanted)
    found, wanted = found.rstrip(".").lower(), " ".join(wanted.rstrip(".").lower().split())
    return wanted in {found, found.rpartition(" ")[2]}


def _plain_address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return text
