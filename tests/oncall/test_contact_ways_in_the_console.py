"""Everybody keeps their own ways: added, verified by a link, put in order, switched off, removed."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from oncall.models import ContactWay
from tests.factories import signed_in
from tests.oncall.people import somebody, way

pytestmark = pytest.mark.django_db
WAYS = "/console/oncall/ways/"


@pytest.fixture
def ada() -> User:
    return somebody("Ada")


@pytest.fixture
def console(ada: User) -> Client:
    return signed_in(ada)


def test_without_a_way_the_accounts_address_is_used(console: Client) -> None:
    assert "Pages go to the email address of your account, ada@example.org" in console.get(WAYS).content.decode()


def test_a_new_way_waits_for_its_link(console: Client) -> None:
    said = {"kind": "email", "address": "night@example.org", "label": "Night", "delay": "30"}
    page = console.post(f"{WAYS}new/", said, follow=True).content.decode()
    assert "A message with a link went to n…@example.org." in page
    assert "Waits for your yes" in page
    assert ContactWay.objects.get().address == "night@example.org"


def test_the_link_is_sent_again_by_a_button(console: Client, ada: User) -> None:
    waits = way(ada, "night@example.org", verified=False)
    button = f'action="{WAYS}{waits.pk}/ask/"'
    assert button in console.get(WAYS).content.decode()
    page = console.post(f"{WAYS}{waits.pk}/ask/", follow=True).content.decode()
    assert "A message with a link went to n…@example.org." in page
    assert "has just gone there" in console.post(f"{WAYS}{waits.pk}/ask/", follow=True).content.decode()
    waits.verify(by=ada.actor)
    assert button not in console.get(WAYS).content.decode()


def test_what_a_webhook_is_signed_with_is_shown_once(console: Client) -> None:
    page = console.get(f"{WAYS}new/").content.decode()
    token = page.split('name="form_token" value="')[1].split('"')[0]
    said = {"kind": "webhook", "address": "https://example.org/pager", "delay": "0", "form_token": token}
    first = console.post(f"{WAYS}new/", said).content.decode()
    assert ContactWay.objects.get().held()["signing"] in first
    again = console.post(f"{WAYS}new/", said, follow=True).content.decode()
    assert "was shown that once" in again
    assert ContactWay.objects.get().held()["signing"] not in again


def test_an_address_that_is_none_is_said_beside_its_field(console: Client) -> None:
    answer = console.post(f"{WAYS}new/", {"kind": "email", "address": "nonsense", "delay": "0"})
    assert answer.status_code == 400
    assert 'id="id_address_error"' in answer.content.decode()


def test_they_are_tried_in_the_order_that_is_chosen(console: Client, ada: User) -> None:
    first, second = way(ada, "a@example.org"), way(ada, "b@example.org")
    console.post(f"{WAYS}{second.pk}/order/", {"direction": "up"})
    assert list(ada.contact_ways.all()) == [second, first]


def test_a_way_is_switched_off_and_removed(console: Client, ada: User) -> None:
    mine = way(ada, "a@example.org")
    console.post(f"{WAYS}{mine.pk}/edit/", {"label": "Phone", "delay": "60"})
    mine.refresh_from_db()
    assert (mine.label, mine.delay, mine.enabled) == ("Phone", 60, False)
    console.post(f"{WAYS}{mine.pk}/remove/")
    assert not ContactWay.objects.exists()


def test_what_is_not_verified_is_not_tried(console: Client, ada: User) -> None:
    mine = way(ada, "a@example.org", verified=False)
    page = console.post(f"{WAYS}{mine.pk}/test/", follow=True).content.decode()
    assert "follow the link that was sent there" in page


def test_nobody_touches_those_of_others(console: Client) -> None:
    other = way(somebody("Ben"), "b@example.org")
    for act in ("edit", "order", "test", "remove"):
        assert console.post(f"{WAYS}{other.pk}/{act}/").status_code == 404


def test_a_viewer_is_told_who_may() -> None:
    viewer = signed_in(Role.VIEWER)
    assert "Ask an admin for the role of an operator" in viewer.get(WAYS).content.decode()
    assert viewer.get(f"{WAYS}new/").status_code == 403


def test_the_profile_leads_there(console: Client) -> None:
    assert f'href="{WAYS}"' in console.get("/console/accounts/profile/").content.decode()
