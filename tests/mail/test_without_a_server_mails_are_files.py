"""The embedded default writes mails to a folder: each a whole mail that any program for mail opens."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pytest_django import Settings

from notifications.sending.mailer import mailer
from notifications.transports.email import Email
from notifications.transports.outcome import SENT
from notifications.transports.outside import Outside
from tests.mail.conftest import parcel, read, text_of


def test_a_mail_is_a_file_with_both_headers_of_one_click(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    outside = Outside(None, mailer())  # type: ignore[arg-type]  # a mail needs no HTTP
    assert asyncio.run(Email().send(parcel(), outside)) == SENT
    [written] = tmp_path.iterdir()
    mail = read(written.read_bytes().split(b"\n" + b"-" * 79)[0])
    assert f"\nList-Unsubscribe: <{parcel().leave_url}>\r\n".encode() in written.read_bytes()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"] == f"<{parcel().leave_url}>"
    assert "Cards are declined." in text_of(mail)
