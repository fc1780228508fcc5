"""A key ends with the person who made it, and never may more than they."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import ApiKey, User
from accounts.roles import Role
from tests.factories import UserFactory, make_key, signed_in

pytestmark = pytest.mark.django_db
USERS = "/api/v1/users"
KEYS = "/api/v1/api-keys"
BODY = {"name": "deploy", "scopes": ["read", "admin"]}
Make = Callable[[User], str]


def calling(text: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {text}"})


def in_the_console(user: User) -> str:
    page = signed_in(user).post("/console/accounts/keys/new/", BODY).content.decode()
    shown = re.search(r'value="(ops_[^"]+)"', page)
    assert shown
    return shown[1]


def by_the_api(user: User) -> str:
    return str(signed_in(user).post(KEYS, BODY, content_type="application/json").json()["key"])


def by_another_key(user: User) -> str:
    return str(calling(by_the_api(user)).post(KEYS, BODY, content_type="application/json").json()["key"])


@pytest.fixture
def admin() -> User:
    return UserFactory.create(role=Role.ADMIN.value)


every_way = pytest.mark.parametrize("make", [in_the_console, by_the_api, by_another_key])


@every_way
def test_it_stops_when_they_are_deactivated(admin: User, make: Make) -> None:
    script = calling(make(admin))
    assert script.get(KEYS).status_code == 200
    User.objects.update(is_active=False)
    assert script.get(KEYS).status_code == 401


@every_way
def test_it_may_only_what_they_may(admin: User, make: Make) -> None:
    script = calling(make(admin))
    User.objects.update(role=Role.VIEWER.value)
    assert script.get(USERS).status_code == 200
    assert script.get(KEYS).status_code == 403


def test_one_made_on_the_machine_belongs_to_nobody(admin: User) -> None:
    out = StringIO()
    call_command("create_api_key", "deploy", scopes="read", stdout=out)
    User.objects.update(is_active=False)
    assert ApiKey.objects.get().owner is None
    assert calling(out.getvalue().split()[-1]).get(USERS).status_code == 200


def test_the_list_says_that_it_is_suspended_and_lets_it_be_revoked(admin: User) -> None:
    key, _ = make_key("read", by=UserFactory.create(is_active=False).actor)
    assert signed_in(admin).get(f"{KEYS}/{key.pk}").json()["state"] == "suspended"
    page = signed_in(admin).get("/console/accounts/keys/").content.decode()
    assert "Suspended" in page
    assert f"/{key.pk}/revoke/" in page
