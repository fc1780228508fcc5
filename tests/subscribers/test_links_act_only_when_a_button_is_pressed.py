from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event
from incidents.models import Incident
from notifications import links
from notifications.choice import Choice
from notifications.kinds import Way
from notifications.links import Reader
from notifications.models import Subscriber
from services.models import Service
from tests.subscribers.conftest import VERA, confirmed, link_of, posted

pytestmark = pytest.mark.django_db
CHANGING = re.compile(r"^\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


def path(url: str) -> str:
    return re.sub(r"^\w+://[^/]+", "", url)


def test_a_scanner_that_opens_every_link_changes_nothing(visitor: Client) -> None:
    Subscriber.ask(VERA, Choice())
    walt = Reader(Way.EMAIL, "walt@example.org")
    confirmed(walt)
    opened = [link_of(posted()[0]), path(walt.manage_url), path(walt.leave_url)]
    before = list(Subscriber.objects.order_by("pk").values())
    with CaptureQueriesContext(connection) as asked:
        for address in opened:
            for ask in (visitor.get, visitor.head):
                assert ask(address).status_code == 200
    assert [query["sql"] for query in asked if CHANGING.match(query["sql"])] == []
    assert list(Subscriber.objects.order_by("pk").values()) == before


def test_a_mail_program_leaves_by_one_post_without_cookie_or_token() -> None:
    confirmed()
    program = Client(enforce_csrf_checks=True)
    form = "application/x-www-form-urlencoded"
    for _ in range(2):
        assert program.post(path(VERA.leave_url), "List-Unsubscribe=One-Click", content_type=form).status_code == 200
    assert not Subscriber.objects.exists()
    assert Event.objects.filter(kind="SUBSCRIBER_LEFT").count() == 1


def test_an_old_link_ends_what_was_asked_for_later(visitor: Client, incident: Incident) -> None:
    confirmed()
    old = path(VERA.leave_url)
    visitor.post(old)
    confirmed(choice=Choice(incident=incident))
    assert b"Payments fail" in visitor.get(old).content
    visitor.post(old)
    assert not Subscriber.objects.exists()


def test_the_choice_is_changed_by_the_holder_of_the_link(visitor: Client, checkout: Service) -> None:
    row = confirmed()
    chosen = {"services": [str(checkout.pk)], "mode": "digest", "timezone": "Asia/Tokyo", "digest_hour": "0"}
    page = visitor.post(path(VERA.manage_url), chosen, follow=True)
    assert b"Saved." in page.content
    row.refresh_from_db()
    assert (row.scope, row.mode, row.digest_hour, row.timezone) == ("services", "digest", 0, "Asia/Tokyo")
    event = Event.objects.get(kind="SUBSCRIBER_CHANGED")
    assert event.after["services"] == ["Checkout API"]
    assert event.after["digest"] == "00:00 Asia/Tokyo"


def test_one_followed_incident_is_ended_alone(visitor: Client, incident: Incident) -> None:
    confirmed()
    followed = confirmed(choice=Choice(incident=incident))
    stop = f"{path(VERA.manage_url)}/end/{followed.pk}"
    assert visitor.get(stop).status_code == 405
    assert b"You no longer follow" in visitor.post(stop, follow=True).content
    assert [row.scope for row in Subscriber.objects.all()] == ["all"]


def test_nobody_ends_what_others_have_asked_for(visitor: Client) -> None:
    row = confirmed(Reader(Way.EMAIL, "walt@example.org"))
    assert visitor.post(f"{path(VERA.manage_url)}/end/{row.pk}").status_code == 404
    visitor.post(path(VERA.leave_url))
    assert Subscriber.objects.count() == 1


def test_a_link_that_is_not_ours_leads_nowhere(visitor: Client) -> None:
    confirmed()
    token = VERA.token()
    swapped = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
    for bad in (swapped, "x", "x" * 1000, token[:60]):
        for end in ("", "/leave"):
            assert visitor.get(f"/status/subscriptions/{bad}{end}").status_code == 404
            assert visitor.post(f"/status/subscriptions/{bad}{end}").status_code == 404
        assert visitor.get(f"/status/subscribe/confirm/{bad}").status_code == 410
    assert Subscriber.objects.count() == 1


def test_a_link_shows_nobody_whose_it_is() -> None:
    assert "vera" not in VERA.manage_url
    assert links.read(VERA.token()) == VERA
    assert VERA.token() != VERA.token()


def test_the_secret_of_a_webhook_is_for_the_holder_of_its_link(visitor: Client) -> None:
    hook = Reader(Way.WEBHOOK, "https://hooks.example.org/in?key=1")
    confirmed(hook)
    first = re.search(rb"whsec_[\w+/=]+", visitor.get(path(hook.manage_url)).content)
    visitor.post(f"{path(hook.manage_url)}/rotate")
    second = re.search(rb"whsec_[\w+/=]+", visitor.get(path(hook.manage_url)).content)
    assert first is not None
    assert second is not None
    assert first[0] != second[0]
    assert first[0].decode() not in str(Event.objects.values_list("data", "before", "after"))
