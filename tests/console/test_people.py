"""Admins see who may come in, invite, change and deactivate; what hangs on somebody is said first."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import ApiKey, Identity, Invitation, User
from accounts.roles import Role
from events.actors import SYSTEM
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident
from oncall.models import Team
from oncall.reach import ways_of
from tests.factories import UserFactory, make_key, signed_in

pytestmark = pytest.mark.django_db
PEOPLE = "/console/accounts/people/"
ANN = {"username": "ann", "email": "ann@example.com", "name": "Ann", "role": "operator", "form_token": "t"}


@pytest.fixture
def admin() -> Client:
    return signed_in(UserFactory.create(username="root", name="Root", role=Role.ADMIN.value))


def page(client: Client, address: str = PEOPLE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_somebody_is_invited_seen_as_invited_and_not_after_all(
    admin: Client, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(f"{PEOPLE}new/", ANN)["Location"] == PEOPLE
    assert [mail.to for mail in mailoutbox] == [["ann@example.com"]]
    assert admin.post(f"{PEOPLE}new/", ANN).status_code == 302, "a second click does nothing"
    ann = User.objects.get(username="ann")
    assert "Invited" in page(admin)
    assert "Ann" in page(admin, f"{PEOPLE}?state=invited&role=operator&q=ann@")
    assert "Nobody matches" in page(admin, f"{PEOPLE}?state=deactivated")
    taken = admin.post(f"{PEOPLE}new/", {**ANN, "form_token": "u"})
    assert taken.status_code == 400
    assert "_error" in taken.content.decode()
    often = admin.post(f"{PEOPLE}{ann.pk}/invite/", follow=True).content.decode()
    assert "Wait a minute" in often
    admin.post(f"{PEOPLE}{ann.pk}/withdraw/")
    assert "Send an invitation" in page(admin, f"{PEOPLE}{ann.pk}/")
    assert not Invitation.objects.exists()


def test_without_a_mail_server_the_link_is_shown_once(admin: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    answer = admin.post(f"{PEOPLE}new/", ANN)
    link = re.search(r'value="(http[^"]+/console/invitation/[^"]+)"', answer.content.decode())
    assert link
    assert 'data-copy="new-link"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Client().get("/" + link[1].split("/", 3)[3]).status_code == 200
    again = admin.post(f"{PEOPLE}new/", ANN, follow=True).content.decode()
    assert "shown that once" in again
    assert "/console/invitation/" not in again


def test_a_person_is_changed(admin: Client) -> None:
    user = UserFactory.create(name="Bo")
    said = {"name": "Bob", "email": "bob@example.com", "role": "viewer", "timezone": "Asia/Tokyo"}
    assert admin.post(f"{PEOPLE}{user.pk}/", {**said, "role": "king"}).status_code == 400
    assert admin.post(f"{PEOPLE}{user.pk}/", said)["Location"] == PEOPLE
    told = Event.objects.get(kind=Kind.USER_CHANGED)
    assert (told.actor_name, told.before["role"], told.after["role"]) == ("Root", "operator", "viewer")


def test_who_is_deactivated_is_out_at_once_and_stays_named(admin: Client) -> None:
    user = UserFactory.create(name="Bo", role=Role.OPERATOR.value)
    browser = signed_in(user)
    key, text = make_key("read", by=user.actor)
    script = Client(headers={"Authorization": f"Bearer {text}"})
    incident = Incident.declare(by=user.actor, title="Slow", severity="low", services={}, assignee=user)
    Team.add(by=SYSTEM, name="Core", members=[user])
    said = page(admin, f"{PEOPLE}{user.pk}/deactivate/")
    assert [each for each in (incident.title, key.name, "Core") if each not in said] == []
    assert (browser.get("/console/").status_code, script.get("/api/v1/users").status_code) == (200, 200)
    assert admin.post(f"{PEOPLE}{user.pk}/deactivate/")["Location"] == PEOPLE
    assert (browser.get("/console/").status_code, script.get("/api/v1/users").status_code) == (302, 401)
    user = User.objects.get(pk=user.pk)
    assert ways_of(user) == []
    assert "Bo" in page(admin, f"/console/incidents/{incident.pk}/")
    told = Event.objects.get(kind=Kind.USER_CHANGED)
    assert (told.before, told.after) == ({"is_active": True}, {"is_active": False})
    admin.post(f"{PEOPLE}{user.pk}/reactivate/")
    assert browser.get("/console/").status_code == 302, "an old session does not wake up with the account"
    assert script.get("/api/v1/users").status_code == 200
    assert ApiKey.objects.get().revoked_at is None


def test_who_signs_in_by_the_provider_alone_is_let_in_again(admin: Client) -> None:
    user = UserFactory.create(password="!")
    Identity.tie(user, issuer="https://id", subject="1")
    user.change(by=SYSTEM, changes={"is_active": False})
    said = page(admin, f"{PEOPLE}{user.pk}/")
    assert ("Let in again" in said, "invitation" in said) == (True, False)
    admin.post(f"{PEOPLE}{user.pk}/reactivate/")
    assert User.objects.get(pk=user.pk).is_active


def test_the_last_admin_stays(admin: Client) -> None:
    root = User.objects.get(username="root")
    assert "the only admin" in page(admin, f"{PEOPLE}{root.pk}/deactivate/")
    refused = admin.post(f"{PEOPLE}{root.pk}/deactivate/", follow=True).content.decode()
    assert "Make somebody else one first" in refused
    assert User.objects.get(pk=root.pk).is_active
