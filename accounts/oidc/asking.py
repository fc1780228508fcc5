"""What is asked of the provider, and what must be true of whoever comes back (RFC 6749, 7636, 9207)."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest

from accounts.oidc.errors import NotAdmitted

KEY: Final = "oidc"
# In seconds, for the password and the code at the provider.
LASTING: Final = 900
SCOPE: Final = "openid email profile"
ANEW = "Begin anew with the button below."


def _random() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. ``state`` ties the answer to this browser, ``nonce`` the token, ``verifier`` the code to us."""

    next: str
    state: str = field(default_factory=_random)
    nonce: str = field(default_factory=_random)
    verifier: str = field(default_factory=_random)
    until: float = field(default_factory=lambda: time.time() + LASTING)

    def url(self, endpoint: str, *, client: str, back: str) -> str:
        """Return where the browser is sent."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        said = {"response_type": "code", "scope": SCOPE, "client_id": client, "redirect_uri": back}
        said |= {"state": self.state, "nonce": self.nonce, "code_challenge_method": "S256"}
        said["code_challenge"] = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(said)}"

    def remember(self, request: HttpRequest) -> None:
        """Keep it until the browser is back; of several the newest counts."""
        request.session[KEY] = asdict(self)

    def code_in(self, answer: Mapping[str, str], issuer: str) -> str:
        """Return the code that the provider gave. Raises :class:`NotAdmitted`."""
        if not secrets.compare_digest(answer.get("state", "").encode(), self.state.encode()):
            raise NotAdmitted("state", f"That answer belongs to no sign-in that was begun in this browser. {ANEW}")
        if answer.get("iss", issuer) != issuer:
            raise NotAdmitted("issuer", f"The answer came from another provider. {ANEW}")
        if not answer.get("code"):
            raise NotAdmitted("provider_refused", "The provider did not let you in, or you broke it off.")
        return answer["code"]


def taken(request: HttpRequest) -> Asked:
    """Return what was asked in this browser; it is good for one answer. Raises :class:`NotAdmitted`."""
    kept = request.session.pop(KEY, None)
    if kept is None or time.time() > kept["until"]:
        raise NotAdmitted("state", f"That took too long, or it was used already. {ANEW}")
    return Asked(**kept)
