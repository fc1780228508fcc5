from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from incidents.models import Incident
from notifications import tokens
from notifications.choice import Choice
from notifications.kinds import Scope, Standing
from notifications.models import Subscriber
from notifications.models.subscriber.asking import SpentToken
from services.models import Service
from tests.subscribers.conftest import VERA, link_of, posted

pytestmark = pytest.mark.django_db


def test_the_small_form_of_the_page_asks_first_and_a_button_says_yes(visitor: Client) -> None:
    answer = visitor.post("/status/subscribe", {"email": " Vera@Example.org "})
    assert answer.status_code == 303
    assert visitor.get(answer["Location"]).status_code == 200
    row = Subscriber.objects.get()
    assert (row.address, row.scope, row.status) == ("vera@example.org", Scope.ALL, Standing.PENDING)
    [delivery] = posted()
    page = visitor.get(link_of(delivery))
    assert b"Is it you?" in page.content
    done = visitor.post(link_of(delivery), follow=True)
    assert b"You are subscribed." in done.content
    row.refresh_from_db()
    assert row.status == Standing.CONFIRMED
    assert row.confirmed_at is not None


def test_services_mode_and_zone_are_kept(visitor: Client, checkout: Service) -> None:
    chosen = {"services": [str(checkout.pk)], "mode": "digest", "timezone": "Asia/Tokyo", "digest_hour": "7"}
    visitor.post("/status/subscribe", {"email": VERA.address, **chosen})
    row = Subscriber.objects.get()
    assert (row.scope, row.mode, row.timezone, row.digest_hour) == ("services", "digest", "Asia/Tokyo", 7)
    assert list(row.services.all()) == [checkout]


def test_one_incident_is_followed_beside_everything_else(visitor: Client, incident: Incident) -> None:
    visitor.post("/status/subscribe", {"email": VERA.address})
    visitor.post("/status/subscribe", {"email": VERA.address, "incident_id": str(incident.pk)})
    assert sorted(Subscriber.objects.values_list("scope", flat=True)) == ["all", "incident"]


def test_a_token_works_once_and_for_two_days(visitor: Client) -> None:
    now = timezone.now()
    Subscriber.ask(VERA, Choice(), now=now - timedelta(hours=48))
    [late] = posted()
    assert visitor.get(link_of(late)).status_code == 410
    assert visitor.post(link_of(late)).status_code == 410
    Subscriber.ask(VERA, Choice(), now=now)
    fresh = link_of(posted()[-1])
    assert visitor.post(fresh).status_code == 303
    assert visitor.post(fresh).status_code == 410
    assert Event.objects.filter(kind="SUBSCRIBER_CONFIRMED").count() == 1


def test_of_two_who_say_yes_at_once_one_does(visitor: Client) -> None:
    Subscriber.ask(VERA, Choice())
    token = link_of(posted()[0]).rpartition("/")[2]
    first, second = Subscriber.objects.get(), Subscriber.objects.get()
    first.confirm(token)
    with pytest.raises(SpentToken):
        second.confirm(token)


def test_the_database_holds_no_token_and_no_link(visitor: Client) -> None:
    visitor.post("/status/subscribe", {"email": VERA.address})
    [delivery] = posted()
    token = link_of(delivery).rpartition("/")[2]
    assert len(token) == 43
    row = Subscriber.objects.get()
    assert row.token_digest == tokens.digest_of(token)
    words = delivery.announcement
    kept = f"{row.__dict__} {delivery.__dict__} {words.text} {words.html} {words.short} {words.facts}"
    assert token not in kept


def test_a_newer_message_makes_the_older_link_worthless(visitor: Client) -> None:
    visitor.post("/status/subscribe", {"email": VERA.address})
    visitor.post("/status/subscribe", {"email": VERA.address})
    older, newer = map(link_of, posted())
    assert visitor.get(older).status_code == 410
    assert visitor.get(newer).status_code == 200


def test_the_log_hears_of_it_with_the_yes_and_never_the_address(visitor: Client) -> None:
    visitor.post("/status/subscribe", {"email": VERA.address})
    assert not Event.objects.exists()
    visitor.post(link_of(posted()[0]))
    event = Event.objects.get()
    assert (event.kind, event.subject_name, event.public) == ("SUBSCRIBER_CONFIRMED", "v…@example.org", False)
    assert VERA.address not in str(event.__dict__)


def test_an_unanswered_question_is_forgotten() -> None:
    now = timezone.now()
    Subscriber.ask(VERA, Choice(), now=now - timedelta(days=10))
    assert Subscriber.objects.forget_unanswered(now - timedelta(days=10)) == 0
    assert Subscriber.objects.forget_unanswered(now) == 1
