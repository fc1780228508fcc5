from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from notifications.choice import Choice
from notifications.kinds import Mode, Purpose, Way
from notifications.links import Reader
from notifications.models import Delivery, Subscriber
from notifications.public import limits
from tests.subscribers.conftest import HERE, VERA, confirmed, link_of, posted

pytestmark = pytest.mark.django_db


def stand(address: str, standing: str) -> None:
    """Bring an address into a state, as far as it is to be known beforehand."""
    reader = Reader(Way.EMAIL, address)
    if standing == "pending":
        Subscriber.ask(reader, Choice())
    if standing in ("confirmed", "stopped"):
        confirmed(reader)
    if standing == "stopped":
        Subscriber.objects.get(address=address).stop(by=Subscriber.objects.get(address=address).itself, because="Gone.")


def by_form(address: str) -> Any:
    return Client(headers=HERE).post("/status/subscribe", {"email": address})


def by_api(address: str) -> Any:
    return Client(headers={"X-Request-ID": "same"}).post(
        "/api/v1/subscribers", {"email": address}, content_type="application/json"
    )


@pytest.mark.parametrize("ask", [by_form, by_api])
def test_new_pending_subscribed_and_stopped_look_alike(ask: Any) -> None:
    answers = []
    for standing in ("new", "pending", "confirmed", "stopped"):
        stand(f"{standing}@example.org", standing)
        reply = ask(f"{standing}@example.org")
        headers = {name: value for name, value in reply.headers.items() if name != "X-Request-ID"}
        answers.append((reply.status_code, reply.content, headers, dict(reply.cookies)))
    assert answers[0][0] in (202, 303)
    assert answers.count(answers[0]) == 4


def test_who_is_subscribed_already_is_told_so_and_nothing_changes() -> None:
    row = confirmed(choice=Choice(mode=Mode.DIGEST))
    by_form(VERA.address)
    row.refresh_from_db()
    assert (row.mode, row.is_told) == ("digest", True)
    [note] = posted(purpose=Purpose.NOTE)
    assert "nothing has changed" in note.announcement.text
    assert posted(purpose=Purpose.CONFIRMATION) == []


def test_one_mailbox_is_written_to_a_few_times_and_the_answer_stays_the_same() -> None:
    answers = {by_form(f"vera+{number}@example.org").status_code for number in range(limits.OF_INBOX + 2)}
    assert answers == {303}
    assert Delivery.objects.count() == limits.OF_INBOX
    assert by_form("walt@example.org").status_code == 303
    assert Delivery.objects.count() == limits.OF_INBOX + 1


def test_a_caller_who_asks_for_many_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(limits.OF_CALLER):
        assert by_form(f"reader{number}@example.org").status_code == 303
    for ask in (by_form, by_api):
        late = ask("one-more@example.org")
        assert late.status_code == 429
        assert 0 < int(late["Retry-After"]) <= limits.HOUR
    assert not Subscriber.objects.filter(address="one-more@example.org").exists()
    cache.clear()
    assert by_form("one-more@example.org").status_code == 303


def test_whatever_a_stranger_asks_the_yes_shows_what_it_is_for(visitor: Client) -> None:
    by_form(VERA.address)
    visitor.post("/status/subscribe", {"email": VERA.address, "mode": "digest"})
    page = visitor.get(link_of(posted()[-1])).content.decode()
    assert "every incident and maintenance, in one message a day" in page
