"""The links that let an address change and end what it is told, without account or password.

A link holds the address itself, sealed: it goes on working for whatever the address has asked for since the mail was
sent, and shows nobody whose it is. Links are built from ``SITE_URL``, never from a request.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from accounts.sealed import Unopened, open_, seal
from notifications.kinds import Way

# What else is sealed in this room is no link.
_NAME = "reader"
# Written out: they stand in mails that were sent long ago, and a worker that asked the URL map would load every view.
PATHS = {
    "confirm": "/status/subscribe/confirm/{token}",
    "manage": "/status/subscriptions/{token}",
    "leave": "/status/subscriptions/{token}/leave",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a link speaks for: one address, in its one form, and all that it has asked for."""

    way: Way
    address: str

    @property
    def shown(self) -> str:
        """Return the address as its own reader knows it: nobody knows the endpoint of a browser."""
        return "this browser" if self.way is Way.BROWSER else self.address

    @property
    def manage_url(self) -> str:
        """Return where it changes what it is told."""
        return self.urls[0]

    @property
    def leave_url(self) -> str:
        """Return where one click ends it all: a GET shows a button, a POST acts (RFC 8058)."""
        return self.urls[1]

    @property
    def urls(self) -> tuple[str, str]:
        """Return both, with one secret: sealing is what a link costs."""
        token = self.token()
        return _whole("manage", token), _whole("leave", token)

    def token(self) -> str:
        """Return the secret part of its links."""
        return seal({_NAME: f"{self.way}:{self.address}"}).rstrip("=")


def read(token: str) -> Reader | None:
    """Return whom the secret part of a link speaks for, None where it is none of ours."""
    try:
        way, _, address = open_(token + "=" * (-len(token) % 4)).get(_NAME, "").partition(":")
    except (Unopened, ValueError):
        return None
    return Reader(Way(way), address) if address else None


def confirm_url(token: str) -> str:
    """Return where somebody says that they have asked."""
    return _whole("confirm", token)


def _whole(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{PATHS[name].format(token=token)}"
