"""The channel "email" and a real mail server: connections are used again, and each answer is told apart by its code."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from pytest_django import Settings

from notifications.sending.mailer import mailer
from notifications.transports.email import Email
from notifications.transports.outcome import SENT, Nature, Outcome, Parcel
from notifications.transports.outside import Outside
from tests.mail.conftest import Box, parcel, read, text_of
from tests.product import free_port


@pytest.fixture(autouse=True)
def server(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_SSL = settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Status <status@example.org>"


def send(*parcels: Parcel) -> list[Outcome]:
    async def go() -> list[Outcome]:
        mails = mailer()
        outside = Outside(None, mails)  # type: ignore[arg-type]  # a mail needs no HTTP
        outcomes = [await Email().send(one, outside) for one in parcels]
        await mails.close()
        return outcomes

    return asyncio.run(go())


def many(number: int) -> Sequence[Parcel]:
    return [parcel(delivery=UUID(int=place), address=f"reader{place}@example.org") for place in range(1, number + 1)]


def test_a_mail_arrives_as_it_was_built(box: Box) -> None:
    assert send(parcel()) == [SENT]
    mail = read(box.raw[0])
    assert (box.mails[0].mail_from, box.mails[0].rcpt_tos) == ("status@example.org", ["bea@example.org"])
    assert mail["Subject"] == "[OpStatus] Card payments fail"


def test_a_line_with_a_dot_alone_does_not_end_it(box: Box) -> None:
    words = replace(parcel().words, text="one\n.\ntwo\n..three\n")
    send(parcel(words=words))
    plain = text_of(read(box.raw[0]))
    assert "one\n.\ntwo\n..three" in plain


def test_twenty_mails_share_one_connection(box: Box) -> None:
    assert send(*many(20)) == [SENT] * 20
    assert (len(box.mails), len(box.sessions)) == (20, 1)


def test_a_server_that_ends_each_session_after_some_mails_gets_them_all(box: Box) -> None:
    box.most = 3
    assert send(*many(8)) == [SENT] * 8
    assert [*box.sessions.values()] == [3, 3, 2]


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_one_who_turns_away_a_used_connection_and_a_new_one_is_believed(box: Box, step: str) -> None:
    async def go() -> list[Outcome]:
        outside = Outside(None, mailer())  # type: ignore[arg-type]
        first = await Email().send(parcel(), outside)
        box.answers[step] = "421 4.3.2 going down"
        return [first, await Email().send(parcel(), outside)]

    _, second = asyncio.run(go())
    assert (second.ok, second.nature, second.code) == (False, Nature.CHANNEL, "turned_away")
    assert [*box.sessions.values()] == [2, 1]


@pytest.mark.parametrize(
    ("step", "answer", "nature"),
    [
        ("RCPT", "550 5.1.1 no such user", Nature.RECIPIENT),
        ("RCPT", "550 no such user", Nature.RECIPIENT),
        ("RCPT", "550 5.7.1 your address is on a list", Nature.MESSAGE),
        ("RCPT", "450 4.2.0 greylisted", Nature.LATER),
        ("RCPT", "451 4.3.0 try again", Nature.LATER),
        ("RCPT", "452 4.2.2 mailbox full", Nature.LATER),
        ("RCPT", "552 storage exceeded", Nature.LATER),
        ("RCPT", "552 5.2.2 mailbox full", Nature.MESSAGE),
        ("DATA", "451 4.3.0 try again", Nature.LATER),
        ("DATA", "554 5.7.1 looks like spam", Nature.MESSAGE),
        ("DATA", "552 5.3.4 too big", Nature.MESSAGE),
        ("MAIL", "550 5.7.1 sender unknown", Nature.CHANNEL),
        ("RCPT", "421 4.3.2 going down", Nature.CHANNEL),
    ],
)
def test_each_answer_says_what_it_means_for_the_next_try(box: Box, step: str, answer: str, nature: Nature) -> None:
    box.answers[step] = answer
    [outcome] = send(parcel())
    assert (outcome.ok, outcome.nature) == (False, nature)
    assert answer.split(" ", 1)[1].split(" ", 1)[-1] not in outcome.reason


def test_one_who_is_refused_does_not_spoil_the_next(box: Box) -> None:
    box.answers["RCPT"] = "550 5.1.1 no such user"

    async def go() -> list[Outcome]:
        outside = Outside(None, mailer())  # type: ignore[arg-type]
        first = await Email().send(parcel(), outside)
        box.answers.clear()
        return [first, await Email().send(parcel(), outside)]

    assert [outcome.ok for outcome in asyncio.run(go())] == [False, True]
    assert [envelope.rcpt_tos for envelope in box.mails] == [["bea@example.org"]]


def test_no_server_is_the_ways_fault_and_nobodys_address(settings: Settings) -> None:
    settings.EMAIL_PORT = free_port()
    [outcome] = send(parcel())
    assert (outcome.ok, outcome.nature, outcome.code) == (False, Nature.CHANNEL, "connection_refused")


def test_an_address_that_is_none_goes_to_no_server(box: Box) -> None:
    [outcome] = send(parcel(address="a@example.org>\r\nRCPT TO:<b@example.org"))
    assert (outcome.nature, outcome.code) == (Nature.RECIPIENT, "recipient_refused")
    assert not box.sessions
