"""Where people signed in from and their mail addresses stand in the log; only admins read them there."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from events.actors import SYSTEM
from events.models import Event
from services.models import Service
from tests.factories import PASSWORD, UserFactory, bearer, make_key, signed_in

pytestmark = pytest.mark.django_db
PLACE, OLD, NEW = "192.0.2.77", "old-canary@example.com", "new-canary@example.com"
SECRETS = (PLACE, OLD, NEW)
PAGES = ("/console/", "/console/activity/")


@pytest.fixture(autouse=True)
def told(db: None) -> None:
    # Without a service the first screen tells of the first steps instead.
    Service.add(by=SYSTEM, name="Checkout")
    ann = UserFactory.create(username="ann", name="Ann", email=OLD)
    for password in (PASSWORD, "wrong"):
        Client(REMOTE_ADDR=PLACE).post("/console/sign-in", {"username": "ann", "password": password})
    ann.change_profile(by=ann.actor, name="Ann B.", email=NEW, timezone="UTC")


def seen_by(client: Client, address: str) -> list[bool]:
    page = client.get(address)
    assert page.status_code == 200
    assert "Ann B." in page.content.decode()
    return [secret in page.content.decode() for secret in SECRETS]


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_key_below_admin_sees_none(scope: str) -> None:
    assert seen_by(Client(headers=bearer(scope)), "/api/v1/audit") == [False] * 3


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
@pytest.mark.parametrize("address", ["/api/v1/audit", *PAGES])
def test_nor_does_a_person(role: Role, address: str) -> None:
    assert seen_by(signed_in(role), address) == [False] * 3


def test_nor_does_an_admin_s_key_once_they_are_none() -> None:
    admin = UserFactory.create(role=Role.ADMIN.value)
    _, text = make_key("admin", by=admin.actor)
    script = Client(headers={"Authorization": f"Bearer {text}"})
    assert seen_by(script, "/api/v1/audit") == [True] * 3
    User.objects.update(role=Role.VIEWER.value)
    assert seen_by(script, "/api/v1/audit") == [False] * 3


def test_an_admin_sees_all() -> None:
    assert seen_by(Client(headers=bearer("admin")), "/api/v1/audit") == [True] * 3
    assert seen_by(signed_in(Role.ADMIN), "/api/v1/audit") == [True] * 3
    for address in PAGES:
        assert seen_by(signed_in(Role.ADMIN), address)[1:] == [True] * 2


def test_the_log_itself_keeps_them() -> None:
    Client(headers=bearer("read")).get("/api/v1/audit")
    assert Event.objects.get(kind="USER_SIGNED_IN").data == {"address": PLACE}
    assert Event.objects.filter(actor_kind=SYSTEM.kind).exists()
