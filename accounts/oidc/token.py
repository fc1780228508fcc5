"""Whether an ID token is the provider's word, about this sign-in, for us, now. Pure; PyJWT does the cryptography."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from accounts.oidc.errors import NotAdmitted

# Signatures by a key of the provider alone: none, and ones by a secret that is shared, are refused.
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED: Final = ["iss", "sub", "aud", "exp", "iat"]
LONGEST_SUBJECT: Final = 255
# Clocks may differ by so many seconds.
LEEWAY: Final = 60


def claims_of(text: str, keys: Mapping[str, Any], *, issuer: str, client: str, nonce: str) -> Mapping[str, Any]:
    """Return what the token says. Raises :class:`NotAdmitted` for one that does not say it to us, here and now."""
    import jwt

    try:
        key = _key(text, keys)
        claims: dict[str, Any] = jwt.decode(
            text,
            key,
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, ValueError, OverflowError, RecursionError) as error:
        raise _untrue(type(error).__name__) from error
    # OpenID Connect, section 2: at most 255 characters of ASCII.
    if not claims["sub"].isprintable() or not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise _untrue("sub")
    if claims.get("nonce") != nonce:
        raise _untrue("nonce")
    # Of a token for several it must be us whom it was made for.
    is_shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if is_shared else client) != client:
        raise _untrue("azp")
    return claims


def _key(text: str, keys: Mapping[str, Any]) -> Any:
    """Return the provider's key that the token names; the only one, where it names none."""
    import jwt

    name = jwt.get_unverified_header(text).get("kid")
    found = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if name in (None, key.key_id)]
    if len(found) != 1:
        raise jwt.InvalidKeyError
    return found[0]


def _untrue(what: str) -> NotAdmitted:
    return NotAdmitted(f"token: {what}", "What the provider said cannot be trusted. Begin anew, or tell an admin.")
