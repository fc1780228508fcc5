"""What had links of its own has lost them when it failed: it is not sent again without them, nor to anybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.roles import Role
from config.celery import app
from events.actors import Actor
from events.errors import Refused
from notifications.kinds import Purpose, State
from notifications.models import Delivery
from notifications.posting import post
from tests.factories import bearer, signed_in
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, again, channel, reader, send, words
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)

ANN = Actor("user", "1", "Ann")


@pytest.fixture(autouse=True)
def nobody_hears_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.conf, "task_always_eager", False)


@pytest.fixture
def refusing(mails: MailServer) -> MailServer:
    """A mail server that takes no message."""
    mails.says = lambda _: "550 no"
    return mails


def tried() -> Delivery:
    to = channel("mail", kind="email", name="Operators", options={"to": "all@example.org"})
    return to.put_to_the_test(words("A test"), by=ANN, only_to="ann@example.org", now=START)


def asked() -> Delivery:
    ann, links = reader("ann@example.org", status="pending"), {"confirm_url": "https://example.org/yes"}
    return post(words("Is it you? {{confirm_url}}"), to=ann, purpose=Purpose.CONFIRMATION, links=links, now=START)


def noted() -> Delivery:
    return send(reader("ann@example.org"), "You are subscribed {{manage_url}}", links={"manage_url": "https://e.org/"})


@pytest.mark.parametrize("make", [tried, asked, noted])
def test_neither_alone_nor_with_all_others(make: Callable[[], Delivery], engine: Engine, refusing: MailServer) -> None:
    delivery = make()
    engine.run(after=180)
    assert again(delivery).status == State.FAILED
    refusing.forget()
    with pytest.raises(Refused, match="cannot be sent again"):
        delivery.retry(by=ANN, now=engine.at)
    assert Delivery.retry_all(by=ANN, now=engine.at) == 0
    engine.run(after=60)
    assert not refusing.arrivals
    assert again(delivery).status == State.FAILED


def test_its_page_has_no_button_and_the_api_answers_409(engine: Engine, refusing: MailServer) -> None:
    delivery, operator = asked(), signed_in(Role.OPERATOR)
    engine.run()
    pages = [operator.get(url).content.decode() for url in (reverse("deliveries:list"), of(delivery))]
    assert not [page for page in pages if "end again" in page]
    url = f"/api/v1/notifications/{delivery.pk}/retry"
    answer = operator.post(url, {}, "application/json", headers=bearer("write"))
    assert answer.status_code == 409
    assert "Begin it anew." in answer.content.decode()


def test_a_note_to_a_channel_says_the_same_again(engine: Engine, web: Sink) -> None:
    delivery = send(channel(web.at("/400")))
    engine.run()
    assert again(delivery).status == State.FAILED
    web.says["/400"] = "ok"
    assert "Send again" in signed_in(Role.OPERATOR).get(of(delivery)).content.decode()
    assert Delivery.retry_all(by=ANN, now=engine.at) == 1
    engine.run()
    assert again(delivery).status == State.SENT


def of(delivery: Delivery) -> str:
    return reverse("deliveries:detail", args=[delivery.pk])
