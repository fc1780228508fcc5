"""Django's admin: for admins alone, by our own door, and told to the log."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from events.actors import SYSTEM
from events.kinds import Kind
from events.models import Event
from tests.factories import UserFactory, make_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(UserFactory.create(role=Role.ADMIN.value))
    return client


def test_strangers_are_sent_to_the_console_s_sign_in(client: Client) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/console/sign-in?next=/admin/")
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/console/sign-in?next=/admin/"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/accounts/user/"])
def test_others_are_refused(client: Client, role: Role, path: str) -> None:
    client.force_login(UserFactory.create(role=role.value))
    assert client.get(path).status_code == 403


def test_every_list_opens(admin: Client) -> None:
    make_key("read")
    for path in ("", "accounts/user/", "accounts/apikey/", "events/event/", "events/cursor/"):
        assert admin.get(f"/admin/{path}").status_code == 200, path


def test_a_new_user_is_told(admin: Client) -> None:
    fields = {"username": "olga", "email": "olga@example.com", "role": "operator", "usable_password": "true"}
    fields |= dict.fromkeys(("password1", "password2"), "correct horse battery")
    assert admin.post("/admin/accounts/user/add/", fields).status_code == 302
    olga = User.objects.get(username="olga")
    assert olga.check_password("correct horse battery")
    assert (olga.email, olga.role) == ("olga@example.com", "operator")
    assert Event.objects.get(kind=Kind.USER_CREATED).subject_name == "olga"


def test_a_change_is_told_with_what_it_was(admin: Client) -> None:
    user = UserFactory.create(role="viewer", name="")
    fields = {"username": user.username, "email": user.email, "timezone": "UTC", "role": "admin", "is_active": "on"}
    assert admin.post(f"/admin/accounts/user/{user.pk}/change/", fields).status_code == 302
    told = Event.objects.get(kind=Kind.USER_CHANGED)
    assert (told.before, told.after) == ({"role": "viewer"}, {"role": "admin"})


@pytest.mark.parametrize("fields", [{"role": "operator", "is_active": "on"}, {"role": "admin"}])
def test_the_last_admin_stays_one(fields: dict[str, str]) -> None:
    last = UserFactory.create(role="admin")
    UserFactory.create(role="admin", is_active=False)
    client = Client()
    client.force_login(last)
    form = f"/admin/accounts/user/{last.pk}/change/"
    sent = {"username": last.username, "timezone": "UTC", **fields}
    assert "is the only admin. Make somebody else one first." in client.post(form, sent, follow=True).content.decode()
    last.refresh_from_db()
    assert (last.role, last.is_active) == ("admin", True)
    assert not Event.objects.exists()
    UserFactory.create(role="admin")
    assert client.post(form, sent).status_code == 302
    assert User.objects.able_to(Role.ADMIN).count() == 1


def test_looking_at_a_form_holds_nothing(admin: Client) -> None:
    for path in ("add/", f"{UserFactory.create().pk}/change/"):
        with CaptureQueriesContext(connection) as asked:
            assert admin.get(f"/admin/accounts/user/{path}").status_code == 200
        assert not any("SAVEPOINT" in query["sql"] or "FOR " in query["sql"] for query in asked)


def test_a_new_password_is_told(admin: Client) -> None:
    user = UserFactory.create()
    fields = {"password1": "brandnew horse battery", "password2": "brandnew horse battery", "usable_password": "true"}
    assert admin.post(f"/admin/accounts/user/{user.pk}/password/", fields).status_code == 302
    user.refresh_from_db()
    assert user.check_password("brandnew horse battery")
    assert Event.objects.get(kind=Kind.USER_PASSWORD_CHANGED).subject_id == str(user.pk)


def test_nobody_is_deleted(admin: Client) -> None:
    assert admin.post(f"/admin/accounts/user/{UserFactory.create().pk}/delete/", {"post": "yes"}).status_code == 403


def test_keys_are_revoked_and_never_made_here(admin: Client) -> None:
    key, _ = make_key("read")
    page = admin.get(f"/admin/accounts/apikey/{key.pk}/change/").content.decode()
    assert key.digest not in page
    admin.post("/admin/accounts/apikey/", {"action": "revoke", "_selected_action": str(key.pk)})
    key.refresh_from_db()
    assert key.revoked_at
    assert admin.get("/admin/accounts/apikey/add/").status_code == 403


def test_events_are_read_only(admin: Client) -> None:
    make_key("read")
    event = Event.objects.latest("id")
    assert event.actor_name == SYSTEM.name
    assert admin.get(f"/admin/events/event/{event.pk}/change/").status_code == 200
    assert admin.post(f"/admin/events/event/{event.pk}/change/", {"kind": "X"}).status_code == 403
    assert admin.post(f"/admin/events/event/{event.pk}/delete/", {"post": "yes"}).status_code == 403
