from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from incidents.models import Incident
from notifications.models import Delivery, Subscriber
from services.models import Service
from tests.subscribers.conftest import ANN, HERE, VERA

pytestmark = pytest.mark.django_db


def sent(headers: dict[str, str], **said: str) -> int:
    return Client(headers=headers).post("/status/subscribe", {"email": VERA.address, **said}).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Referer": "https://elsewhere.example/status"},
        {"Origin": "http://[broken"},
        {},
    ],
)
def test_a_form_on_a_page_of_somebody_else_is_refused(headers: dict[str, str]) -> None:
    assert sent(headers) == 403
    assert not Subscriber.objects.exists()


def test_a_page_of_ours_is_known_by_either_header() -> None:
    assert sent({"Referer": "http://testserver/status"}) == 303
    assert sent(HERE) == 303


def test_no_page_of_it_sets_a_cookie_or_is_kept(visitor: Client) -> None:
    for page in ("/status/subscribe", "/status/subscribe/asked", "/status/subscribe/confirm/x"):
        reply = visitor.get(page)
        assert not reply.cookies
        assert "csrf" not in reply.content.decode()
        assert "no-store" in reply["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "vera",
            "vera@",
            "@example.org",
            "vera@localhost",
            "vera@127.0.0.1",
            "vera@[127.0.0.1]",
            "a b@example.org",
        ),
        *("vera@example.org\r\nBcc: all@example.org", "vera@example.org,walt@example.org", "Vera <vera@example.org>"),
        *('"vera"@example.org', "vera@exa mple.org", "ve\x00ra@example.org", "é@example.org", ".vera@example.org"),
        *(f"{'v' * 65}@example.org", f"vera@{'e' * 64}.org", f"vera@{'example.' * 40}org", "vera@-example.org"),
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(visitor: Client, address: str) -> None:
    reply = visitor.post("/status/subscribe", {"email": address})
    assert reply.status_code == 400
    assert b"Please look at this again" in reply.content
    assert not Delivery.objects.exists()


def test_look_alikes_cannot_reach_another_mailbox(visitor: Client) -> None:
    visitor.post("/status/subscribe", {"email": "vera@\uff45xample.ORG"})
    row = Subscriber.objects.get()
    assert row.address == "vera@example.org"
    assert Delivery.objects.get().recipient == "email:vera@example.org"
    # Small letters of some characters are others: these are refused before.
    assert visitor.post("/status/subscribe", {"email": "\u212aate@example.org"}).status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://169.254.169.254/latest",
            "http://2130706433/",
            "ftp://x.example/",
        ),
        *("https://user:secret@hooks.example.org/", "javascript:alert(1)", "https://hooks.example.org/\r\nX: 1"),
    ],
)
def test_a_webhook_leads_to_the_public_internet(visitor: Client, url: str) -> None:
    assert visitor.post("/status/subscribe", {"url": url}).status_code == 400
    assert not Subscriber.objects.exists()


def test_a_visitor_is_told_what_to_give_and_no_setting_of_ours(visitor: Client) -> None:
    page = visitor.post("/status/subscribe", {"url": "http://10.0.0.1/"}).content.decode()
    assert "is a private address. Give one that can be reached from the public internet." in page
    assert "_NETWORKS" not in page
    answer = visitor.post("/api/v1/subscribers", {"url": "http://10.0.0.1/"}, content_type="application/json")
    assert answer.status_code == 400
    assert "_NETWORKS" not in answer.content.decode()


def test_who_gave_a_webhook_is_sent_to_its_log_and_no_inbox(visitor: Client) -> None:
    page = visitor.post("/status/subscribe", {"url": "https://hooks.example.org/in"}, follow=True).content.decode()
    assert "confirm_url" in page
    assert "unwanted mail" not in page
    page = visitor.post("/status/subscribe", {"email": VERA.address}, follow=True).content.decode()
    assert "unwanted mail" in page


def test_what_is_private_answers_like_what_is_missing(visitor: Client) -> None:
    hidden = Service.add(by=ANN, name="Hidden", public=False)
    internal = Incident.declare(by=ANN, title="Internal", severity="low", body="x", public=False)

    def asked(name: str) -> Callable[[object], str]:
        def ask(key: object) -> str:
            reply = visitor.post("/status/subscribe", {"email": VERA.address, name: str(key)})
            assert reply.status_code == 400
            return reply.content.decode().replace(str(key), "")

        return ask

    services, incidents = asked("services"), asked("incident_id")
    assert services(hidden.pk) == services(uuid4())
    assert incidents(internal.pk) == incidents(uuid4())
    pages = [visitor.get(f"/status/subscribe?incident={key}").content.decode() for key in (internal.pk, uuid4())]
    assert pages[0] == pages[1]
    assert "Hidden" not in visitor.get("/status/subscribe").content.decode()
