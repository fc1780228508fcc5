"""Options that are never shown again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from notifications.transports.transport import Transport
from services.probes.secrets import MASK

__all__ = ["MASK", "filled_in"]


def filled_in(
    transport: Transport, typed: Mapping[str, Any], was: Mapping[str, Any], held: Mapping[str, str]
) -> dict[str, Any]:
    """Return what was typed, with the secrets that stand in place of those left out, empty or masked.

    A secret goes only where it went before: whoever may change the address must not be handed the secret there.
    """
    secret = {option.name for option in transport.options if option.secret}
    stays = all(_host(transport, typed, name) == _host(transport, was, name) for name in ("url",) if name not in secret)
    found = dict(typed)
    for name in secret:
        # A tuple: what was typed may be anything, a list too.
        if found.get(name, "") in ("", None, MASK):
            found[name] = held.get(name, "") if stays else ""
    return found


def _host(transport: Transport, options: Mapping[str, Any], name: str) -> str:
    """Return where an address leads; an option left out has its default."""
    defaults = {option.name: option.default for option in transport.options}
    return Transport.target(transport, str(options.get(name) or defaults.get(name, "")))
