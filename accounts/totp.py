"""Codes by the clock (RFC 6238): six digits, others every thirty seconds. Pure; pyotp does the arithmetic."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Final

STEP: Final = 30
DIGITS: Final = 6
# A telephone's clock may be off by so many steps.
DRIFT: Final = 1


def new_secret() -> str:
    """Return 160 random bits in the letters that apps read."""
    import pyotp

    return pyotp.random_base32()


def step_of(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """Return the step of the clock whose code was ``typed``; None where it is no code of now.

    Steps up to ``after`` are used up: a code that somebody looked over a shoulder at is no good any more.
    """
    import pyotp

    code = "".join(unicodedata.normalize("NFKC", typed).split())
    if len(code) != DIGITS or not code.isascii() or not code.isdigit():
        return None
    clock, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    steps = range(max(after + 1, here - DRIFT), here + DRIFT + 1)
    return next((step for step in steps if pyotp.utils.strings_equal(clock.generate_otp(step), code)), None)


def address(secret: str, account: str, name: str) -> str:
    """Return what the picture says to an app: ``otpauth://totp/OpStatus:ann?secret=…``, ``name`` being ours."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=name)


def picture(text: str) -> bytes:
    """Return ``text`` as a QR code in SVG: dark on white, whatever the theme, because cameras read nothing else."""
    import io

    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=4, dark="#000", light="#fff")
    return out.getvalue()
