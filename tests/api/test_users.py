"""Scripts with the scope ``admin`` see to people; everybody else reads who there is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Invitation, User
from accounts.roles import Role
from events.kinds import Kind
from events.models import Event
from tests.api.conftest import Caller
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
USERS = "/api/v1/users"
ANN = {"username": "ann", "email": "ann@example.com", "role": "operator"}


def post(client: Client, body: dict[str, Any], address: str = USERS, **headers: str) -> Any:
    return client.post(address, body, "application/json", headers=headers)


def test_a_person_is_made_with_a_password_and_changed(script: Caller) -> None:
    admin = script("admin")
    made = post(admin, {**ANN, "password": PASSWORD})
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("username", "name", "email", "role", "timezone", "active")} == {
        **ANN,
        "name": "",
        "timezone": "UTC",
        "active": True,
    }
    address = made["Location"]
    changed = admin.patch(address, {"role": "viewer", "active": False}, "application/json").json()
    assert (changed["role"], changed["active"]) == ("viewer", False)
    told = Event.objects.get(kind=Kind.USER_CHANGED)
    assert told.before == {"role": "operator", "is_active": True}
    assert admin.delete(address).status_code == 405
    for body in ({"role": "king"}, {"timezone": "Mars/Olympus"}, {"email": "?"}, {"nick": "a"}, {"username": "a b"}):
        answer = admin.patch(address, body, "application/json")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, list(body))
    for body, field in ((ANN | {"username": "ANN"}, ""), ({"username": "bo"}, "email")):
        answer = post(admin, body)
        assert answer.status_code == 400
        assert field in "".join(answer.json()["errors"])
    assert post(admin, {"username": "bo", "password": "short"}).status_code == 400


def test_without_a_password_an_invitation_goes_out_once(
    script: Caller, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    admin, key = script("admin"), {"Idempotency-Key": "one"}
    with django_capture_on_commit_callbacks(execute=True):
        made, again = post(admin, ANN, **key), post(admin, ANN, **key)
    assert (made.status_code, again.status_code, again["Idempotent-Replay"]) == (201, 201, "true")
    assert [mail.to for mail in mailoutbox] == [["ann@example.com"]]
    said = made.json()
    assert (said["active"], said["invitation_link"]) == (False, None)
    assert said["invited_until"]
    assert admin.patch(made["Location"], {"active": True}, "application/json").status_code == 409
    assert post(admin, {}, made["Location"] + "/invite").status_code == 409
    assert post(admin, {}, made["Location"] + "/withdraw-invitation").json()["invited_until"] is None
    assert not Invitation.objects.exists()


def test_without_a_mail_server_the_answer_has_the_link_once(script: Caller, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    admin, key = script("admin"), {"Idempotency-Key": "one"}
    links = [post(admin, ANN, **key).json()["invitation_link"] for _ in range(2)]
    assert "/console/invitation/" in links[0]
    assert links[1] is None


def test_the_list_is_found_by_role_state_and_word(script: Caller) -> None:
    UserFactory.create(username="vera", role=Role.VIEWER.value, email="canary@example.com")
    UserFactory.create(username="olaf", is_active=False)
    admin, reader = script("admin"), script("read")

    def names(client: Client, query: str) -> list[str]:
        return [row["username"] for row in client.get(f"{USERS}?{query}").json()["results"]]

    assert [
        names(admin, each) for each in ("role=viewer", "active=false", "search=canary", "active=true&role=admin")
    ] == [
        ["vera"],
        ["olaf"],
        ["vera"],
        [],
    ]
    assert admin.get(f"{USERS}?role=king").status_code == 400
    (row,) = reader.get(USERS).json()["results"]
    assert set(row) == {"id", "username", "name"}
    assert names(reader, "search=canary") == []
    assert reader.get(f"{USERS}?role=viewer").status_code == 400
    assert reader.get(f"{USERS}/{User.objects.get(username='olaf').pk}").status_code == 404
    assert post(script("write"), ANN).status_code == 403
