"""The provider: where its doors are, and what it gives for a code. Asked anew each time: people sign in seldom."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import structlog
from django.conf import settings

import outbound
from accounts.oidc.errors import NotAdmitted
from accounts.oidc.token import claims_of

log = structlog.get_logger(__name__)

TIMEOUT: Final = 10.0
# Its address stands in the settings of whoever runs this, so it may stand in their own network.
GUARD: Final = outbound.Guard(outbound.Networks.parse("all"))
Claims = Mapping[str, Any]
T = TypeVar("T")


def door() -> str:
    """Return where browsers are sent to sign in. Raises :class:`NotAdmitted`."""
    return str(_run(_discover)["authorization_endpoint"])


def vouched(code: str, *, verifier: str, nonce: str, back: str) -> Claims:
    """Return what the provider says of whoever holds ``code``. Raises :class:`NotAdmitted`."""

    async def ask(http: outbound.Client) -> Claims:
        doors = await _discover(http)
        body = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        given = await _exchange(http, doors, body)
        keys = await _json(http, "GET", doors["jwks_uri"])
        claims = claims_of(
            str(given.get("id_token", "")),
            keys,
            issuer=settings.OIDC_ISSUER,
            client=settings.OIDC_CLIENT_ID,
            nonce=nonce,
        )
        return claims if "email" in claims else await _with_more(http, doors, given, claims)

    return _run(ask)


async def _discover(http: outbound.Client) -> Mapping[str, Any]:
    issuer = settings.OIDC_ISSUER
    doors = await _json(http, "GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if doors.get("issuer") != issuer:
        raise _unusable(f"it calls itself {str(doors.get('issuer'))[:200]!r}")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _check(name, doors.get(name))
    return doors


def _check(name: str, url: object) -> None:
    """Refuse a door that is none, or that is less safe than the issuer itself."""
    wanted = {urlsplit(settings.OIDC_ISSUER).scheme, "https"}
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in wanted or not parts.hostname:
        raise _unusable(f"its {name} is no address")


async def _exchange(http: outbound.Client, doors: Mapping[str, Any], body: dict[str, str]) -> Mapping[str, Any]:
    """Give the code for tokens, by the way of showing our secret that the provider knows."""
    client, secret = settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    ways = doors.get("token_endpoint_auth_methods_supported")
    if not isinstance(ways, list) or "client_secret_basic" in ways:
        both = f"{quote(client, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(both.encode()).decode()}"
    else:
        body |= {"client_id": client, "client_secret": secret}
    return await _json(http, "POST", doors["token_endpoint"], headers=headers, body=urlencode(body).encode())


async def _with_more(
    http: outbound.Client, doors: Mapping[str, Any], given: Mapping[str, Any], claims: Claims
) -> Claims:
    """Add what the provider says at another door only; of the same person, or not at all."""
    if "userinfo_endpoint" not in doors:
        return claims
    _check("userinfo_endpoint", doors["userinfo_endpoint"])
    headers = {"Authorization": f"Bearer {given.get('access_token', '')}"}
    more = await _json(http, "GET", doors["userinfo_endpoint"], headers=headers)
    return {**more, **claims} if more.get("sub") == claims["sub"] else claims


async def _json(
    http: outbound.Client, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> dict[str, Any]:
    reply = await http.fetch(
        method, url, headers={"Accept": "application/json", **(headers or {})}, body=body, timeout=TIMEOUT, redirects=0
    )
    try:
        said = json.loads(reply.body) if reply.status == 200 else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        # Its path alone: codes and tokens stand elsewhere, and nothing of what it sent is repeated.
        raise _unusable(f"{urlsplit(url).path} answered {reply.status}")
    return said


def _run(ask: Callable[[outbound.Client], Awaitable[T]]) -> T:
    async def once() -> T:
        async with outbound.client(GUARD, user_agent=f"OpStatus/{settings.VERSION}") as http:
            return await ask(http)

    try:
        return asyncio.run(once())
    except (outbound.Failure, outbound.Refused) as error:
        raise _unusable(str(error)) from error


def _unusable(why: str) -> NotAdmitted:
    """Return what the person is told; the reason is for whoever runs this."""
    log.warning("oidc_provider_unusable", issuer=settings.OIDC_ISSUER, reason=why)
    sentence = f"{settings.OIDC_NAME} gives no answer that can be used. Try again, or sign in with a password."
    return NotAdmitted("provider_unusable", sentence)
