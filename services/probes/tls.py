"""Heartbeats of certificates: how long until this one ends."""

from __future__ import annotations

from django.utils import timezone

import outbound
from services.probes.addresses import domain, host_port, split
from services.probes.options import Option, Target
from services.probes.outcome import Outcome, passed, warned
from services.probes.probe import Check, Probe


class Tls(Probe):
    """Shakes hands, verified as a browser does, and looks at when the certificate ends."""

    kind = "tls"
    label = "Certificate"
    about = "A TLS certificate is trusted, fits its name, and does not end within days."
    target = Target("Host and port", "example.com:443", "A name, and the port.", host_port)
    options = (
        Option(
            "warning_days",
            "Warn so many days before it ends",
            "integer",
            default=14,
            help="From then on the component is degraded; once it has ended, the check fails.",
            min=0,
            max=3650,
        ),
        Option(
            "server_name",
            "Server name",
            "text",
            default="",
            help="Asked for and verified where it is not the host's own name.",
            max=253,
            check=domain,
        ),
    )

    async def ask(self, check: Check) -> Outcome:
        """Shake hands; an untrusted, ended or wrong certificate fails there."""
        host, port = split(check.target)
        name = check.text("server_name") or host
        _, writer = await outbound.connect(
            check.tools.guard, host, port, timeout=check.timeout, tls=True, server_name=name
        )
        took, ends = check.elapsed(), outbound.certificate_expires(writer)
        writer.close()
        if ends is None:
            raise outbound.Failure("tls_failed")
        days = (ends - timezone.now()).days
        said = f"The certificate ends on {ends:%Y-%m-%d}, in {days} days."
        if days < check.number("warning_days"):
            return warned("certificate_ends_soon", said, took)
        return passed(took, said)
