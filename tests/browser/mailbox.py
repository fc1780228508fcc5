"""The mails that the product has written into its folder, as whoever they went to reads them."""

from __future__ import annotations

import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Page

# In seconds, on a machine that does other things besides.
PATIENCE = 120


def mail_to(page: Page, var: Path, address: str, words: str) -> EmailMessage:
    """Return the mail to an address whose subject holds these words, as soon as it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = [mail for mail in _mails(var, address) if words in str(mail["Subject"])]
        if found:
            return found[0]
        page.wait_for_timeout(200)
    raise AssertionError(f"No mail to {address} about “{words}”.")


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def _mails(var: Path, address: str) -> list[EmailMessage]:
    found = []
    for file in sorted((var / "mail").glob("*")):
        # The folder's backend writes a mail a line of dashes after the other.
        for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            mail = message_from_bytes(part.strip(), policy=policy.default)
            if address in str(mail["To"]):
                found.append(mail)
    return found
