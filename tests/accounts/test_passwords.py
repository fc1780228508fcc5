"""Changing a password, and getting in again without it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client, override_settings

from accounts.models import Identity, User
from accounts.views.password import MAILS_PER_ADDRESS, MAILS_PER_PLACE
from events.kinds import Kind
from events.models import Event
from tests.factories import PASSWORD, UserFactory, signed_in

pytestmark = pytest.mark.django_db
NEW = "brandnew horse battery"
PROFILE = "/console/accounts/profile/"
FORGOTTEN = "/console/password/forgotten"


@pytest.fixture
def user() -> User:
    return UserFactory.create(role="viewer", email="Ann@example.com")


def test_a_viewer_changes_their_password_and_other_sessions_end(user: User) -> None:
    here, elsewhere = signed_in(user), signed_in(user)
    fields = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/console/password/", fields)["Location"] == PROFILE
    assert here.get(PROFILE).status_code == 200
    assert elsewhere.get(PROFILE).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert Event.objects.get(kind=Kind.USER_PASSWORD_CHANGED).actor_id == str(user.pk)


@pytest.mark.parametrize(("old", "new"), [("wrong", NEW), (PASSWORD, "short"), (PASSWORD, "password1234")])
def test_a_wrong_or_weak_password_changes_nothing(user: User, old: str, new: str) -> None:
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    assert signed_in(user).post("/console/password/", fields).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_what_is_wrong_with_the_new_password_stands_beside_it(user: User) -> None:
    fields = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    answer = signed_in(user).post("/console/password/", fields)
    assert list(answer.context["form"].errors) == ["new_password1"]
    assert "Your password is not changed yet." in answer.content.decode()


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http\S+", str(mail.body))
    assert found
    return found[0]


@override_settings(SITE_URL="https://status.example.com")
def test_the_mailed_link_sets_a_new_password_once(client: Client, user: User, mailoutbox: list[EmailMessage]) -> None:
    client.post(FORGOTTEN, {"email": "ann@EXAMPLE.com"}, headers={"Host": "evil.example"})
    assert mailoutbox[0].to == [user.email]
    link = link_in(mailoutbox[0])
    assert link.startswith("https://status.example.com/console/password/reset/")
    address = link.removeprefix("https://status.example.com")
    form = client.get(address)["Location"]
    assert client.post(form, {"new_password1": NEW, "new_password2": NEW})["Location"] == "/console/sign-in"
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "no longer works" in Client().get(address).content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(
    client: Client, user: User, mailoutbox: list[EmailMessage]
) -> None:
    answers = [client.post(FORGOTTEN, {"email": email}, follow=True) for email in (user.email, "nobody@example.com")]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert answers[0].content == answers[1].content
    assert len(mailoutbox) == 1


def test_the_deactivated_get_no_link(client: Client, mailoutbox: list[EmailMessage]) -> None:
    user = UserFactory.create(is_active=False)
    client.post(FORGOTTEN, {"email": user.email})
    assert not mailoutbox


def test_who_came_in_without_a_password_gets_a_link_and_who_comes_by_the_provider_none(
    client: Client, user: User, mailoutbox: list[EmailMessage]
) -> None:
    # As a backup without secrets leaves it.
    User.objects.filter(pk=user.pk).update(password="!")
    client.post(FORGOTTEN, {"email": user.email})
    form = client.get(urlsplit(link_in(mailoutbox[0])).path)["Location"]
    assert client.post(form, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    User.objects.filter(pk=user.pk).update(password="!")
    Identity.tie(user, issuer="https://id.example.com", subject="1")
    client.post(FORGOTTEN, {"email": user.email})
    assert len(mailoutbox) == 1


def test_an_address_gets_few_mails_an_hour(client: Client, user: User, mailoutbox: list[EmailMessage]) -> None:
    with time_machine.travel("2026-03-01T12:01Z", tick=False) as clock:
        for _ in range(MAILS_PER_ADDRESS + 3):
            assert client.post(FORGOTTEN, {"email": user.email}).status_code == 302
            # Ten minutes in all.
            clock.shift(100)
        assert len(mailoutbox) == MAILS_PER_ADDRESS
        clock.shift(3600)
        client.post(FORGOTTEN, {"email": user.email})
    assert len(mailoutbox) == MAILS_PER_ADDRESS + 1


def test_a_place_gets_few_mails_an_hour_whatever_it_asks_for(client: Client, mailoutbox: list[EmailMessage]) -> None:
    people = [UserFactory.create(email=f"ann{number}@example.com") for number in range(MAILS_PER_PLACE + 2)]
    with time_machine.travel("2026-03-01T12:01Z", tick=False) as clock:
        for person in people:
            client.post(FORGOTTEN, {"email": person.email})
            clock.shift(60)
    assert len(mailoutbox) == MAILS_PER_PLACE


def test_without_a_queue_the_mail_goes_out_at_once(
    client: Client, user: User, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("accounts.tasks.mail_password_reset.apply_async", away)
    client.post(FORGOTTEN, {"email": user.email})
    assert len(mailoutbox) == 1
