"""Who pushes: the key pair by which push services know this installation (RFC 8292).

It is derived from ``SECRET_KEY``, so every machine has the same one and nothing must be kept. A browser's subscription
holds for the pair that it was made with; its own keys are sealed under ``SECRET_KEY`` too, and go with it.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_PURPOSE: Final = b"opstatus web push vapid 1"
# The order of P-256 (SEC 2, section 2.4.2): a private key is a number from 1 to one less.
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# Services refuse tokens for more than 24 hours.
_HOLDS: Final = timedelta(hours=12)


def public_key() -> str:
    """Return what browsers subscribe with: the point, uncompressed, base64url."""
    return base64url(point(_pair(settings.SECRET_KEY)))


def authorization(origin: str, now: datetime) -> str:
    """Return the header that says who pushes to the service at ``origin``."""
    import jwt

    claims = {"aud": origin, "exp": int((now + _HOLDS).timestamp()), "sub": _contact()}
    token = jwt.encode(claims, _pair(settings.SECRET_KEY), algorithm="ES256")
    return f"vapid t={token}, k={public_key()}"


def point(key: EllipticCurvePrivateKey) -> bytes:
    """Return the public half, uncompressed: 65 bytes."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def base64url(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _contact() -> str:
    """Return where the service may complain."""
    site: str = settings.SITE_URL
    return site if site.startswith("https://") else f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


@lru_cache(maxsize=4)
def _pair(secret: str) -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    # 128 bits more than needed: no number is likelier than another (FIPS 186-5, appendix A.2.1).
    drawn = HKDF(algorithm=SHA256(), length=48, salt=None, info=_PURPOSE).derive(secret.encode())
    return derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, SECP256R1())
