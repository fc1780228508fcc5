"""Line breaks and control characters, wherever somebody gets them in, begin no header and no second recipient."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from notifications.mail.headers import mailbox
from notifications.mail.message import build
from tests.mail.conftest import AT, INCIDENT, SAID, parcel, read

NAMES = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
]
ATTACKS = [
    "Cards\r\nBcc: all@example.net",
    "Cards\nBcc: all@example.net",
    "Cards\rBcc: all@example.net",
    "Cards\r\n\r\nAnother body",
    "Cards\x0b\x0cBcc: all@example.net",
    "Cards\u2028Bcc: all@example.net\u2029\x85",
    "Cards =?utf-8?q?=0D=0ABcc=3A_all=40example=2Enet?=",
    "Cards\x00",
    "B" * 5000,
]


@pytest.mark.parametrize("title", ATTACKS)
def test_a_title_stays_a_title(title: str) -> None:
    mail = read(build(parcel(incident=replace(INCIDENT, title=title)), AT))
    assert list(mail.keys()) == NAMES
    assert len(mail.get_all("To", [])) == 1


@given(
    title=st.text(st.characters(exclude_categories=["Cs"])), message=st.text(st.characters(exclude_categories=["Cs"]))
)
def test_whatever_is_written_the_headers_are_the_same(title: str, message: str) -> None:
    made = parcel(incident=replace(INCIDENT, title=title), said=replace(SAID, message=message, by=title))
    assert list(read(build(made, AT)).keys()) == NAMES


@pytest.mark.parametrize("name", ["Status\r\nBcc: x@example.net <a@b.example>", "Status\nX: y <a@b.example>"])
def test_a_senders_name_of_the_settings_cannot_either(settings: Settings, name: str) -> None:
    settings.DEFAULT_FROM_EMAIL = name
    assert list(read(build(parcel(), AT)).keys()) == NAMES


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "a@example.org>\r\nRCPT TO:<b@example.org",
        "A <a@example.org>",
        '"a b"@example.org',
        "a@",
        "@example.org",
        "a b@example.org",
        "a@exam ple.org",
        "ä@example.org",
        f"{'a' * 65}@example.org",
        "a@example.org\x00",
    ],
)
def test_what_is_no_address_of_one_mailbox_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no address of one mailbox"):
        mailbox(address)
    with pytest.raises(ValueError, match="no address of one mailbox"):
        build(parcel(address=address), AT)
