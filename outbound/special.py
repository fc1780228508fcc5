"""Networks that are not the public internet, each with what it is. Pure.

Kept by hand: what ``ipaddress`` calls global differs between patch releases of Python, and it takes NAT64 for global.
Sources: the IANA special-purpose registries for IPv4 and IPv6, and the clouds' own pages on their metadata.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final, TypeAlias

Network: TypeAlias = IPv4Network | IPv6Network
Table: TypeAlias = tuple[tuple[Network, str], ...]


def _table(rows: dict[str, str]) -> Table:
    return tuple((ip_network(network), what) for network, what in rows.items())


# No machine has such an address, so no setting opens the way.
NOWHERE: Final = _table(
    {
        "0.0.0.0/8": "an address of no machine",
        "224.0.0.0/4": "a multicast address",
        "255.255.255.255/32": "the broadcast address",
        "::/128": "an address of no machine",
        "ff00::/8": "a multicast address",
    }
)

# They hand out the keys of the machine to whoever asks, so "all" is not enough: they want to be named.
METADATA: Final = _table(
    {
        "169.254.169.254/32": "the metadata service of a cloud",
        "169.254.170.2/32": "the metadata service of a cloud",
        "169.254.170.23/32": "the metadata service of a cloud",
        "100.100.100.200/32": "the metadata service of a cloud",
        "168.63.129.16/32": "the metadata service of a cloud",
        "192.0.0.192/32": "the metadata service of a cloud",
        "fd00:ec2::254/128": "the metadata service of a cloud",
        "fd00:ec2::23/128": "the metadata service of a cloud",
        "fd20:ce::254/128": "the metadata service of a cloud",
    }
)

PRIVATE: Final = _table(
    {
        "10.0.0.0/8": "a private address",
        "100.64.0.0/10": "an address inside a provider's network",
        "127.0.0.0/8": "this machine itself",
        "169.254.0.0/16": "a link-local address",
        "172.16.0.0/12": "a private address",
        "192.0.0.0/24": "an address kept for protocols",
        "192.0.2.0/24": "an address for documentation",
        "192.88.99.0/24": "a relay of 6to4",
        "192.168.0.0/16": "a private address",
        "198.18.0.0/15": "an address for benchmarks",
        "198.51.100.0/24": "an address for documentation",
        "203.0.113.0/24": "an address for documentation",
        "240.0.0.0/4": "a reserved address",
        "::1/128": "this machine itself",
        "64:ff9b:1::/48": "a local translation to IPv4",
        "100::/64": "an address that discards all",
        "2001::/32": "a Teredo tunnel",
        "2001::/23": "an address kept for protocols",
        "2001:db8::/32": "an address for documentation",
        "2002::/16": "a 6to4 tunnel",
        "3fff::/20": "an address for documentation",
        "fc00::/7": "a private address",
        "fe80::/10": "a link-local address",
        "fec0::/10": "a site-local address",
    }
)

# All other IPv6 is not handed out: it is refused without being named above.
PUBLIC_V6: Final = tuple(map(IPv6Network, ("2000::/3", "64:ff9b::/96")))
