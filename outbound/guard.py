"""Says where calls to the outside may go. Cheap to make, never changes, and opens nothing by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from outbound.addresses import fault, literal
from outbound.failures import Refused
from outbound.lookup import look_up
from outbound.networks import PUBLIC_ONLY, Networks
from outbound.urls import read, read_host

# Takes a name, returns its addresses as text. Raises ``OSError`` where there are none.
Lookup: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Guard:
    """What is ``allowed`` besides the public internet, and who is asked for the addresses of a name.

    ``advice`` is what the reader of a refusal can do: name a setting, or an address of another kind.
    """

    allowed: Networks = PUBLIC_ONLY
    lookup: Lookup = look_up
    advice: str = ""

    def check_url(self, url: str) -> None:
        """Refuse what can be refused before a name is resolved. Raises :class:`Refused` with a sentence."""
        self.check_host(read(url).host)

    def check_host(self, host: str) -> None:
        """Refuse a host that is no host, or an address that may not be reached. Raises :class:`Refused`.

        Names are judged when they are resolved, but those of this machine itself.
        """
        host = read_host(host)
        if literal(host) is not None:
            self.check_address(host)
        elif host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost"):
            self.check_address("127.0.0.1", name=host)

    def check_address(self, address: str, *, name: str = "") -> None:
        """Refuse an address that may not be reached. ``name`` led to it. Raises :class:`Refused`."""
        what = fault(address, self.allowed)
        if what:
            subject = f"“{name}” leads to {address}, which" if name else f"“{address}”"
            raise Refused(f"{subject} is {what}. {self.advice}".rstrip())

    async def addresses(self, host: str) -> Sequence[str]:
        """Return the addresses of a host, every one of them checked. One that is refused refuses the host.

        Raises :class:`Refused`, and ``OSError`` where the name has none.
        """
        host = read_host(host)
        self.check_host(host)
        if literal(host) is not None:
            return (host,)
        found = await self.lookup(host)
        for address in found:
            self.check_address(address, name=host)
        return found
