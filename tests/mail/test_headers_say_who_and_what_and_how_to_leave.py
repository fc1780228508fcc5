"""Headers: both that RFC 8058 asks for, one thread an incident, the same id at every try."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from pytest_django import Settings

from notifications.mail.message import build
from notifications.wording import by_hand
from tests.mail.conftest import AT, INCIDENT, PLACE, parcel, read


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_URL = "https://status.example.org"
    settings.DEFAULT_FROM_EMAIL = "Status of Example <status@example.org>"


def test_it_carries_both_headers_of_one_click() -> None:
    raw = build(parcel(), AT)
    mail = read(raw)
    assert mail["List-Unsubscribe"] == f"<https://status.example.org/status/subscriptions/{'x' * 500}/leave>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # Folded or encoded, a click on it would lead nowhere.
    assert (
        f"\r\nList-Unsubscribe: <https://status.example.org/status/subscriptions/{'x' * 500}/leave>\r\n".encode() in raw
    )


def test_it_says_from_whom_and_to_whom() -> None:
    mail = read(build(parcel(), AT))
    assert (mail["From"], mail["To"]) == ("Status of Example <status@example.org>", "bea@example.org")


def test_no_machine_answers_it() -> None:
    mail = read(build(parcel(), AT))
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] is None


def test_every_try_has_the_same_id() -> None:
    first, second = (read(build(parcel(), AT + timedelta(minutes=minute))) for minute in (0, 5))
    assert first["Message-ID"] == second["Message-ID"] == f"<{UUID(int=7)}@status.example.org>"


def test_all_mails_of_one_incident_make_one_thread() -> None:
    first = parcel()
    later = parcel(delivery=UUID(int=8), words=replace(first.words, subject="Resolved: Card payments fail"))
    mails = [read(build(one, AT)) for one in (first, later)]
    assert {mail["References"] for mail in mails} == {"<incident-7f0c@status.example.org>"}
    assert {mail["In-Reply-To"] for mail in mails} == {"<incident-7f0c@status.example.org>"}
    # Some readers go by the subject alone.
    assert {mail["Subject"] for mail in mails} == {"[OpStatus] Card payments fail"}


def test_another_incident_is_another_thread() -> None:
    other = parcel(incident=replace(INCIDENT, id="8a11"))
    assert read(build(other, AT))["References"] == "<incident-8a11@status.example.org>"


def test_a_test_says_in_its_subject_that_it_is_one() -> None:
    words = by_hand.test(PLACE, "Operations", "Ann", AT)
    mail = read(build(parcel(words=words, test=True), AT))
    assert mail["Subject"] == "[Test] Test of “Operations”"
    assert mail["References"] is None
