"""The kinds of heartbeat, in the order in which forms offer them."""

from __future__ import annotations

from services.probes.dns import Dns
from services.probes.http import Http
from services.probes.internal import Internal
from services.probes.probe import Probe
from services.probes.push import Push
from services.probes.smtp import Smtp
from services.probes.tcp import Tcp
from services.probes.tls import Tls

_ALL: tuple[Probe, ...] = (
    Http(),
    Tcp(),
    Dns(),
    Tls(),
    Smtp(),
    Push(),
    Internal(),
)
KINDS: dict[str, Probe] = {probe.kind: probe for probe in _ALL}
