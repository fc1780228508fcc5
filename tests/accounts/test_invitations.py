"""An invitation is one link to one account: it works once, for three days, and tells nobody who exists."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from accounts.inviting import link_for, send
from accounts.models import Identity, Invitation, User
from accounts.models.invitation import LASTING, JoinedAlready, NotInvited, SentOften
from accounts.models.user import NoPassword
from accounts.roles import Role
from events.actors import SYSTEM
from events.kinds import Kind
from events.models import Event
from tests.factories import PASSWORD, UserFactory, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
CHOSEN = {"name": "Ann", "timezone": "Europe/Berlin", "new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def invitation() -> Invitation:
    return Invitation.send(by=SYSTEM, username="ann", email="ann@example.com", role=Role.OPERATOR)


def path_of(invitation: Invitation) -> str:
    return reverse("invitation", kwargs={"token": invitation.token()})


def is_over(address: str) -> bool:
    answer = Client().get(address)
    return answer.status_code == 410 and "no longer works" in answer.content.decode()


def test_whoever_is_invited_chooses_a_password_and_is_in(
    client: Client, invitation: Invitation, mailoutbox: list[EmailMessage]
) -> None:
    assert not invitation.user.is_active
    send(str(invitation.pk))
    (mail,) = mailoutbox
    found = re.search(r"http\S+", str(mail.body))
    assert found
    assert (mail.to, found[0]) == (["ann@example.com"], link_for(invitation))
    page = path_of(invitation)
    assert "ann" in client.get(page).content.decode()
    assert client.post(page, {**CHOSEN, "new_password1": "short", "new_password2": "short"}).status_code == 400
    assert client.post(page, CHOSEN)["Location"] == "/console/sign-in"
    assert client.post("/console/sign-in", {"username": "ann", "password": PASSWORD})["Location"] == "/console/"
    ann = User.objects.get(username="ann")
    assert (ann.is_active, ann.role, ann.name, ann.timezone) == (True, "operator", "Ann", "Europe/Berlin")
    joined = Event.objects.get(kind=Kind.USER_JOINED)
    assert (joined.actor_id, joined.before["is_active"], joined.after["is_active"]) == (str(ann.pk), False, True)
    assert is_over(page)
    with pytest.raises(NotInvited):
        invitation.accept(PASSWORD, name="Eve", timezone="UTC")
    with pytest.raises(JoinedAlready):
        Invitation.renew(ann, by=SYSTEM)


def test_a_link_is_for_one_thing_alone(invitation: Invitation) -> None:
    uid = urlsafe_base64_encode(str(invitation.pk).encode())
    reset = default_token_generator.make_token(invitation.user)
    assert is_over(reverse("invitation", kwargs={"token": reset}))
    for token in (reset, invitation.token()):
        address = reverse("password_reset_confirm", kwargs={"uidb64": uid, "token": token})
        assert "no longer works" in Client().get(address, follow=True).content.decode()
    assert is_over(path_of(invitation)[:-2])


def test_it_ends_after_three_days() -> None:
    row = Invitation.send(by=SYSTEM, username="ann", email="ann@example.com", role=Role.VIEWER, now=NOW)
    with time_machine.travel(NOW + LASTING - timedelta(seconds=1), tick=False):
        assert Client().get(path_of(row)).status_code == 200
    with time_machine.travel(NOW + LASTING, tick=False):
        assert is_over(path_of(row))
        with pytest.raises(NotInvited):
            row.accept(PASSWORD, name="", timezone="UTC")


def test_of_several_links_the_newest_works_and_there_are_few() -> None:
    row = Invitation.send(by=SYSTEM, username="ann", email="ann@example.com", role=Role.VIEWER, now=NOW)
    first, user = row.token(), row.user
    with pytest.raises(SentOften):
        Invitation.renew(user, by=SYSTEM, now=NOW + timedelta(seconds=59))
    newest = [Invitation.renew(user, by=SYSTEM, now=NOW + timedelta(minutes=each)) for each in range(1, 5)][-1]
    with pytest.raises(SentOften):
        Invitation.renew(user, by=SYSTEM, now=NOW + timedelta(hours=9))
    assert Invitation.by_token(first, NOW) is None
    assert Invitation.by_token(newest.token(), NOW + LASTING) == newest


def test_it_is_withdrawn_and_follows_no_new_address(invitation: Invitation) -> None:
    user, page = invitation.user, path_of(invitation)
    with pytest.raises(NoPassword):
        user.change(by=SYSTEM, changes={"is_active": True})
    user.refresh_from_db()
    user.change(by=SYSTEM, changes={"email": "else@example.com"})
    assert is_over(page)
    Invitation.withdraw(user, by=SYSTEM)
    assert Event.objects.filter(kind=Kind.USER_INVITATION_WITHDRAWN).count() == 1
    with pytest.raises(NotInvited):
        Invitation.withdraw(user, by=SYSTEM)
    again = Invitation.renew(user, by=SYSTEM)
    assert not is_over(path_of(again))


def test_who_is_deactivated_comes_back_by_no_link_of_before() -> None:
    user = UserFactory.create(username="bo", password="!")
    Identity.tie(user, issuer="https://id", subject="1")
    page = path_of(Invitation.renew(user, by=SYSTEM))
    assert not is_over(page)
    user.change(by=SYSTEM, changes={"is_active": False})
    assert is_over(page)
    assert Client().post(page, CHOSEN).status_code == 410
    assert not User.objects.get(pk=user.pk).is_active


def test_nobody_learns_who_is_invited(invitation: Invitation, mailoutbox: list[EmailMessage]) -> None:
    answers = [Client().post("/console/password/forgotten", {"email": each}) for each in ("ann@example.com", "x@y.org")]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert not mailoutbox
    refused = [
        Client().post("/console/sign-in", {"username": name, "password": PASSWORD}).content.count(b"do not match")
        for name in ("ann", "nobody")
    ]
    assert refused == [1, 1]


def test_all_other_sessions_end_at_a_word() -> None:
    user = UserFactory.create()
    here, there = signed_in(user), signed_in(user)
    assert here.post("/console/accounts/profile/sign-out-elsewhere/").status_code == 302
    assert [each.get("/console/accounts/profile/").status_code for each in (here, there)] == [200, 302]
    assert Event.objects.get(kind=Kind.USER_SESSIONS_ENDED).subject_id == str(user.pk)
