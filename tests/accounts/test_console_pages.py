"""Profile and keys in the console."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import ApiKey, User
from accounts.roles import Role
from events.kinds import Kind
from events.models import Event
from tests.factories import UserFactory, make_key, signed_in

pytestmark = pytest.mark.django_db
KEYS = "/console/accounts/keys/"
PROFILE = "/console/accounts/profile/"


def somebody(role: Role) -> tuple[Client, User]:
    user = UserFactory.create(role=role.value)
    return signed_in(user), user


def test_a_viewer_sets_their_name_address_and_zone() -> None:
    client, user = somebody(Role.VIEWER)
    fields = {"name": "Ann", "email": "ann@example.com", "timezone": "Asia/Kathmandu"}
    assert client.post(PROFILE, fields).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.email, user.timezone) == ("Ann", "ann@example.com", "Asia/Kathmandu")
    assert Event.objects.get(kind=Kind.USER_CHANGED).after == fields


@pytest.mark.parametrize("fields", [{"name": "a\nb", "timezone": "UTC"}, {"name": "a", "timezone": "Mars/Olympus"}])
def test_a_name_of_two_lines_or_an_unknown_zone_is_refused(fields: dict[str, str]) -> None:
    client, user = somebody(Role.VIEWER)
    answer = client.post(PROFILE, fields)
    assert answer.status_code == 200
    assert "_error" in answer.content.decode()
    assert User.objects.get(pk=user.pk).name == user.name


def test_the_line_about_another_clock_changes_the_zone_and_nothing_else() -> None:
    client, user = somebody(Role.VIEWER)
    for said, ends in (("Mars/Olympus", "UTC"), ("Europe/Berlin", "Europe/Berlin")):
        assert client.post("/console/accounts/zone/", {"timezone": said}).status_code == 302
        assert User.objects.get(pk=user.pk).timezone == ends
    assert 'data-zone="Europe/Berlin"' in client.get(PROFILE).content.decode()


def test_an_unchanged_profile_tells_nothing() -> None:
    client, user = somebody(Role.VIEWER)
    client.post(PROFILE, {"name": user.name, "email": user.email, "timezone": user.timezone})
    assert not Event.objects.exists()


def test_a_key_is_made_and_shown_once() -> None:
    client, _ = somebody(Role.ADMIN)
    answer = client.post(f"{KEYS}new/", {"name": "deploy", "scopes": ["read", "write"], "lifetime": "30"})
    shown = re.search(r'value="(ops_[^"]+)"', answer.content.decode())
    assert shown
    assert "no-store" in answer["Cache-Control"]
    key = ApiKey.objects.get()
    assert key.expires_at
    assert (key.expires_at - key.created_at).days in (29, 30)
    assert Client(headers={"Authorization": f"Bearer {shown[1]}"}).get("/api/v1/users").status_code == 200
    assert shown[1] not in client.get(KEYS).content.decode()


def test_a_key_without_scopes_is_not_made() -> None:
    client, _ = somebody(Role.ADMIN)
    assert client.post(f"{KEYS}new/", {"name": "deploy", "lifetime": ""}).status_code == 200
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked_from_the_list() -> None:
    client, _ = somebody(Role.ADMIN)
    key, _ = make_key("read")
    assert f"{KEYS}{key.pk}/revoke/" in client.get(KEYS).content.decode()
    client.post(f"{KEYS}{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at
    assert f"{KEYS}{key.pk}/revoke/" not in client.get(KEYS).content.decode()


def test_an_empty_list_teaches_the_first_step() -> None:
    client, _ = somebody(Role.ADMIN)
    assert "No keys yet" in client.get(KEYS).content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_keys_are_for_admins(role: Role) -> None:
    client, _ = somebody(role)
    assert client.get(KEYS).status_code == 403
    assert client.post(f"{KEYS}new/", {"name": "deploy", "scopes": ["admin"]}).status_code == 403
    assert not ApiKey.objects.exists()
