"""Signing in and out of the console."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from events.kinds import Kind
from events.models import Event
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/console/sign-in"
PROFILE = "/console/accounts/profile/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **fields: str) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password, **fields})


def test_the_right_password_opens_the_console(client: Client) -> None:
    user = UserFactory.create()
    assert sign_in(client, user.username.upper()).status_code == 302
    assert client.get(PROFILE).status_code == 200
    told = Event.objects.get(kind=Kind.USER_SIGNED_IN)
    assert (told.actor_id, told.data) == (str(user.pk), {"address": "127.0.0.1"})


def test_unknown_wrong_and_deactivated_look_the_same(client: Client) -> None:
    known, gone = UserFactory.create(username="known"), UserFactory.create(username="gone", is_active=False)
    pages = []
    for username, password in [(known.username, "wrong"), (gone.username, PASSWORD), ("nobody", PASSWORD)]:
        answer = sign_in(client, username, password)
        token = answer.context["csrf_token"]
        pages.append(answer.content.decode().replace(username, "…").replace(str(token), "…"))
    assert len(set(pages)) == 1
    assert "do not match" in pages[0]


def test_a_refusal_is_told_without_what_strangers_typed(client: Client) -> None:
    user = UserFactory.create()
    sign_in(client, user.username, "wrong")
    sign_in(client, "my-secret-password", "wrong")
    told = Event.objects.filter(kind=Kind.USER_SIGN_IN_REFUSED)
    assert [event.subject_name for event in told] == [str(user), "somebody unknown"]


def test_one_is_sent_on_to_the_page_one_wanted(client: Client) -> None:
    asked = client.get(PROFILE)
    assert asked["Location"] == f"{SIGN_IN}?next={PROFILE}"
    assert sign_in(client, UserFactory.create().username, next=PROFILE)["Location"] == PROFILE


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:evil"])
def test_one_is_never_sent_elsewhere(client: Client, address: str) -> None:
    assert "evil" not in sign_in(client, UserFactory.create().username, next=address)["Location"]


def test_signing_out_needs_a_post_and_is_told(client: Client) -> None:
    sign_in(client, UserFactory.create(role="viewer").username)
    assert client.get("/console/sign-out").status_code == 405
    assert client.post("/console/sign-out")["Location"] == SIGN_IN
    assert client.get(PROFILE).status_code == 302
    assert Event.objects.filter(kind=Kind.USER_SIGNED_OUT).count() == 1


def test_the_session_ends_when_the_person_is_deactivated(client: Client) -> None:
    user = UserFactory.create()
    sign_in(client, user.username)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(PROFILE).status_code == 302


def test_the_name_of_the_session_changes_at_the_door(client: Client) -> None:
    planted = client.session
    planted["planted"] = True
    planted.save()
    sign_in(client, UserFactory.create().username)
    assert client.session.session_key != planted.session_key
    assert client.get(PROFILE).status_code == 200
    assert not Session.objects.filter(pk=planted.session_key).exists()


def test_a_refusal_does_not_speak_of_saving(client: Client) -> None:
    page = sign_in(client, "nobody", "wrong").content.decode()
    assert "You are not signed in yet." in page
    assert "saved" not in page


def test_the_page_says_how_to_make_the_first_admin_only_while_there_is_nobody(client: Client) -> None:
    words = "Nobody has an account here yet."
    assert words in client.get(SIGN_IN).content.decode()
    UserFactory.create(is_active=False)
    assert words not in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize(("said", "begins"), [("Europe/Lisbon", "Europe/Lisbon"), ("Mars/Base", "UTC"), ("", "UTC")])
def test_the_first_sign_in_takes_over_the_zone_of_the_browser(client: Client, said: str, begins: str) -> None:
    user = UserFactory.create()
    for zone in (said, "Asia/Tokyo"):
        sign_in(client, user.username, timezone=zone)
        user.refresh_from_db()
        assert user.timezone == begins
