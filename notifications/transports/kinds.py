"""The ways to a recipient, in the order in which forms offer them."""

from __future__ import annotations

from notifications.transports.transport import Transport
from notifications.transports.webhook import Webhook

_ALL: tuple[Transport, ...] = (Webhook(),)
KINDS: dict[str, Transport] = {transport.kind: transport for transport in _ALL}
