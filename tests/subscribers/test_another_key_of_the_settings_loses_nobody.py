"""After ``SECRET_KEY`` has changed, subscribing anew, or one click, gives a webhook a secret that signs again."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from accounts import sealed
from incidents.models import Incident
from notifications.choice import Choice
from notifications.kinds import Purpose, Way
from notifications.links import Reader
from notifications.models import Subscriber
from notifications.transports import signing
from tests.subscribers.conftest import ANN, confirmed, link_of, posted

pytestmark = pytest.mark.django_db
HOOK = Reader(Way.WEBHOOK, "https://hooks.example.org/in")
BROWSER = Reader(Way.BROWSER, "https://push.example.org/1")
NEW_KEY = "another key, long enough to be one"


def secrets() -> list[str]:
    """Return what each row of the webhook signs with. Raises ``Unopened``."""
    return [sealed.open_(row.sealed)[signing.NOW] for row in Subscriber.objects.of(HOOK)]


def test_subscribing_anew_gives_a_new_secret_to_all_that_it_follows(settings: Settings, incident: Incident) -> None:
    confirmed(HOOK)
    confirmed(HOOK, Choice(incident=incident))
    settings.SECRET_KEY = NEW_KEY
    Subscriber.ask(HOOK, Choice())
    first, second = secrets()
    assert first == second
    assert len(posted(HOOK.address, Purpose.NOTE)) == 1


def test_following_one_thing_more_mends_the_rest(settings: Settings, incident: Incident) -> None:
    confirmed(HOOK)
    settings.SECRET_KEY = NEW_KEY
    Subscriber.ask(HOOK, Choice(incident=incident))
    first, second = secrets()
    assert first == second


def test_whoever_was_asked_under_the_old_key_is_asked_under_the_new_one(settings: Settings) -> None:
    Subscriber.ask(HOOK, Choice())
    settings.SECRET_KEY = NEW_KEY
    Subscriber.ask(HOOK, Choice())
    assert len(secrets()) == 1


def test_whoever_says_yes_to_a_question_of_before_can_be_sent_something(visitor: Client, settings: Settings) -> None:
    Subscriber.ask(HOOK, Choice())
    link = link_of(posted(HOOK.address)[0])
    settings.SECRET_KEY = NEW_KEY
    assert visitor.post(link).status_code == 303
    assert len(secrets()) == 1


def test_the_page_of_a_link_offers_a_new_secret(visitor: Client, settings: Settings) -> None:
    confirmed(HOOK)
    settings.SECRET_KEY = NEW_KEY
    address = f"/status/subscriptions/{HOOK.token()}"
    page = visitor.get(address)
    assert page.status_code == 200
    assert b"cannot be read any more" in page.content
    assert b"Make a new secret" in page.content
    assert visitor.post(f"{address}/rotate").status_code == 303
    assert secrets()[0].encode() in visitor.get(address).content


def test_a_browser_that_asks_anew_brings_its_keys(settings: Settings) -> None:
    keys = {"p256dh": "one", "auth": "two"}
    row = Subscriber.add(BROWSER, Choice(), by=ANN, vouched=True)
    Subscriber.objects.filter(pk=row.pk).update(sealed=sealed.seal({**keys, "auth": "old"}))
    settings.SECRET_KEY = NEW_KEY
    Subscriber.ask(BROWSER, Choice(), keys=keys)
    row.refresh_from_db()
    assert sealed.open_(row.sealed) == keys


def test_a_secret_that_opens_is_changed_by_nobody_who_asks() -> None:
    confirmed(HOOK)
    before = secrets()
    Subscriber.ask(HOOK, Choice())
    assert secrets() == before


@pytest.mark.parametrize("vouched", [True, False])
def test_a_list_that_names_it_mends_it(settings: Settings, incident: Incident, *, vouched: bool) -> None:
    confirmed(HOOK)
    confirmed(HOOK, Choice(incident=incident))
    settings.SECRET_KEY = NEW_KEY
    found = Subscriber.import_list({HOOK: Choice()}, by=ANN, vouched=vouched)
    assert (found.added, found.known) == (0, 1)
    first, second = secrets()
    assert first == second


def test_a_list_leaves_a_secret_that_can_be_read(settings: Settings) -> None:
    confirmed(HOOK)
    before = secrets()
    Subscriber.import_list({HOOK: Choice()}, by=ANN, vouched=True)
    old, settings.SECRET_KEY = settings.SECRET_KEY, NEW_KEY
    settings.SECRET_KEY_FALLBACKS = [old]
    Subscriber.import_list({HOOK: Choice()}, by=ANN, vouched=True)
    assert secrets() == before
