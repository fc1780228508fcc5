"""A second factor is set up, renewed and ended by whoever shows the password once more; admins reset what is lost."""

from __future__ import annotations

import re
from typing import Any

import pyotp
import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings

from accounts.models import SecondFactor
from accounts.roles import Role
from events.kinds import Kind
from events.models import Event
from tests.factories import PASSWORD, UserFactory, bearer, signed_in
from tests.sign_in.conftest import CODE, FACTOR, PROFILE, Armed, enter

pytestmark = pytest.mark.django_db
NEW = f"{FACTOR}new/"


def secret_on(page: str) -> str:
    found = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)
    assert found
    return found[1].replace(" ", "")


def test_from_the_picture_to_the_first_code(clock: time_machine.Traveller) -> None:
    ann = UserFactory.create(role="viewer", username="ann")
    here, elsewhere = signed_in(ann), signed_in(ann)
    assert here.get(f"{NEW}code.svg").status_code == 404
    secret = secret_on(here.get(NEW).content.decode())
    assert secret_on(here.get(NEW).content.decode()) == secret
    picture = here.get(f"{NEW}code.svg")
    assert (picture["Content-Type"], "no-store" in picture["Cache-Control"]) == ("image/svg+xml", True)
    code = pyotp.TOTP(secret).now()
    for wrong in ({"code": "000000", "password": PASSWORD}, {"code": code, "password": "wrong"}):
        assert here.post(NEW, wrong).status_code == 400
    assert not SecondFactor.objects.exists()
    page = here.post(NEW, {"code": code, "password": PASSWORD}).content.decode()
    codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page)
    assert len(codes) == 10
    # This browser goes on; the other was opened without the factor.
    assert [each.get(PROFILE).status_code for each in (here, elsewhere)] == [200, 302]
    kept = SecondFactor.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        stored = f"{kept.sealed} {cursor.fetchall()}"
    assert not [text for text in (secret, *codes) if text in stored]
    # The code that set it up is used up.
    enter(elsewhere)
    assert elsewhere.post(CODE, {"code": code}).status_code == 200
    renewed = here.post(f"{FACTOR}recovery-codes/", {"password": PASSWORD}).content.decode()
    assert codes[0] not in renewed
    assert elsewhere.post(CODE, {"code": codes[0]}).status_code == 200
    assert here.post(f"{FACTOR}off/", {"password": "wrong"}).status_code == 400
    assert here.post(f"{FACTOR}off/", {"password": PASSWORD})["Location"] == PROFILE
    assert here.get(PROFILE).status_code == 200
    assert not SecondFactor.objects.exists()
    # A page of before, in another tab, is sent once more.
    for late, sentence in (("off", "has no second factor"), ("recovery-codes", "There is no second factor")):
        answer = here.post(f"{FACTOR}{late}/", {"password": PASSWORD})
        assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
    told = Event.objects.filter(subject_id=str(ann.pk)).values_list("kind", flat=True)
    kinds = [Kind.USER_SECOND_FACTOR_ON, Kind.USER_RECOVERY_CODES_RENEWED, Kind.USER_SECOND_FACTOR_OFF]
    assert [kind for kind in told if kind in kinds] == kinds


def test_an_admin_sees_who_has_one_and_resets_what_is_lost(
    ann: Armed, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    theirs, admin = Client(), signed_in(Role.ADMIN, username="root")
    enter(theirs)
    theirs.post(CODE, {"code": ann.code})
    people = {row["username"]: row["second_factor"] for row in admin.get("/api/v1/users").json()["results"]}
    assert people == {"ann": True, "root": False}
    address = f"/console/accounts/people/{ann.user.pk}/"
    assert "Reset the second factor" in admin.get(address).content.decode()
    assert "second factor" in admin.get("/console/accounts/people/").content.decode()
    assert theirs.post(f"{address}reset-second-factor/").status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(f"{address}reset-second-factor/")["Location"] == address
    assert theirs.get(PROFILE).status_code == 302
    assert enter(theirs)["Location"] == "/console/"
    assert Event.objects.get(kind=Kind.USER_SECOND_FACTOR_RESET).subject_name == str(ann.user)
    (mail,) = mailoutbox
    assert (mail.to, "Admin has reset" in str(mail.body)) == ([ann.user.email], True)
    again = admin.post(
        f"/api/v1/users/{ann.user.pk}/reset-second-factor", {}, "application/json", headers=bearer("admin")
    )
    assert (again.status_code, again.json()["type"].endswith("no_second_factor")) == (409, True)
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("reset_second_factor", "ANN")


def test_where_it_is_required_nothing_comes_before_it(clock: time_machine.Traveller) -> None:
    admin, operator = signed_in(Role.ADMIN, username="root"), signed_in(Role.OPERATOR)
    with override_settings(REQUIRE_SECOND_FACTOR="admins"):
        assert operator.get("/console/").status_code == 200
        for path in ("/console/", "/admin/accounts/user/", PROFILE, FACTOR):
            assert admin.get(path)["Location"] == NEW, path
        assert admin.post("/console/accounts/keys/new/", {"name": "x", "scopes": "admin"})["Location"] == NEW
        assert admin.get("/api/v1/users").status_code == 401
        page = admin.get(NEW).content.decode()
        assert "before anything else" in page
        code = pyotp.TOTP(secret_on(page)).now()
        admin.post(NEW, {"code": code, "password": PASSWORD})
        assert (admin.get("/console/").status_code, admin.get("/api/v1/users").status_code) == (200, 200)
        assert "required of you" in admin.post(f"{FACTOR}off/", {"password": PASSWORD}).content.decode()
        # To leave is always possible.
        other = signed_in(Role.ADMIN, username="other")
        assert other.post("/console/sign-out")["Location"] == "/console/sign-in"
    with override_settings(REQUIRE_SECOND_FACTOR="all"):
        assert operator.get("/console/")["Location"] == NEW


def test_a_password_of_any_length_shows_who_it_is(clock: time_machine.Traveller) -> None:
    ann, password = UserFactory.create(username="ann"), "long " * 100
    ann.change_password(password, by=ann.actor)
    browser = signed_in(ann)
    code = pyotp.TOTP(secret_on(browser.get(NEW).content.decode())).now()
    assert "recovery" in browser.post(NEW, {"code": code, "password": password}).content.decode()
    assert SecondFactor.of(ann)
