"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the caller's address.

    ``X-Forwarded-For`` is written by anybody, so it counts only from as many places on its right as there are trusted
    proxies (``TRUSTED_PROXIES``).
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = min(settings.TRUSTED_PROXIES, len(hops))
    return hops[-trusted] if trusted else str(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """Return what stands for one caller when counting: the IPv4 address, or the /64 that one IPv6 customer holds."""
    text = address_of(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)
