"""One mail as it travels: bytes, the same at every try but for their date."""

from __future__ import annotations

from binascii import b2a_qp
from datetime import datetime
from email.header import Header
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from notifications.mail.frame import document, is_personal
from notifications.mail.headers import headers

if TYPE_CHECKING:
    from notifications.transports.outcome import Parcel

_PART: Final = 'Content-Type: text/{}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'


def build(parcel: Parcel, now: datetime) -> bytes:
    """Return the mail, text and HTML, its lines ended by CRLF. Raises ``ValueError`` for an address that is none.

    Put together by hand: the library's own objects take ten times as long, and there may be ten thousand.
    """
    boundary = f"=_{parcel.delivery.hex}"
    parts = (_part("plain", text(parcel)), _part("html", document(parcel)))
    return b"".join(
        (
            "".join(_line(name, value) for name, value in headers(parcel, now)).encode("ascii"),
            f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n'.encode(),
            *(f"\r\n--{boundary}\r\n".encode() + part for part in parts),
            f"\r\n--{boundary}--\r\n".encode(),
        )
    )


def text(parcel: Parcel) -> str:
    """Return the mail as plain text: the heading, the words, and how to leave."""
    return "\n\n".join((parcel.words.subject, parcel.words.text.strip(), _foot(parcel))) + "\n"


def _line(name: str, value: str) -> str:
    """Return a header. All but the subject are ASCII and stay on one line: addresses are of no use folded or encoded.

    Raises ``ValueError`` for a value that would begin another header.
    """
    if "\r" in value or "\n" in value:
        raise ValueError("A header holds no line break.")
    return _subject(value) if name == "Subject" else f"{name}: {value}\r\n"


@lru_cache(maxsize=512)
def _subject(value: str) -> str:
    """Return the subject, encoded where it must be, and where it looks as if it were: no reader may decode it."""
    plain = value.isascii() and "=?" not in value
    lines = Header(value, "us-ascii" if plain else "utf-8", header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {lines}\r\n"


def _part(subtype: str, content: str) -> bytes:
    lines = content.replace("\r\n", "\n").replace("\n", "\r\n")
    return _PART.format(subtype).encode() + b2a_qp(lines.encode(), istext=True)


def _foot(parcel: Parcel) -> str:
    """Return what stands below the line that readers know as the end of a letter (RFC 3676, section 4.3)."""
    if not is_personal(parcel):
        return f"-- \nSent by {parcel.name}."
    return (
        f"-- \nYou get this because this address is subscribed to {parcel.name}.\n"
        f"Change what you are told: {parcel.manage_url}\n"
        f"Stop these messages: {parcel.leave_url}"
    )
