"""Which networks besides the public internet may be reached: what the operator allowed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Final

from outbound.special import Network

ALL = "all"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Networks:
    """Named networks, or ``everything`` that a machine can have as its address."""

    named: tuple[Network, ...] = ()
    everything: bool = False

    @classmethod
    def parse(cls, text: str) -> Networks:
        """Read ``all``, ``none``, nothing, or networks with commas between. Raises ``ValueError`` with a sentence.

        ``all`` leaves out the metadata services of clouds; ``all, 169.254.169.254`` does not.
        """
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        if words == [NONE]:
            return cls()
        return cls(tuple(_network(word) for word in words if word != ALL), ALL in words)

    def names(self, address: IPv4Address | IPv6Address) -> bool:
        """Say whether one of the named networks holds the address."""
        return any(address in network for network in self.named)


PUBLIC_ONLY: Final = Networks()


def _network(word: str) -> Network:
    try:
        return ip_network(word)
    except ValueError:
        raise ValueError(f"“{word}” is not a network: write it as in 10.0.0.0/8 or fd00::/8, or write all.") from None
