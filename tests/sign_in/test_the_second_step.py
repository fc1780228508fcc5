"""Who has a second factor is not in before it is shown, by whatever door they come."""

from __future__ import annotations

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from accounts.models import SecondFactor, User
from events.kinds import Kind
from events.models import Event
from tests.factories import PASSWORD, bearer, make_key
from tests.sign_in.conftest import CODE, PROFILE, SIGN_IN, Armed, enter

pytestmark = pytest.mark.django_db
API = "/api/v1/incidents"


def test_the_password_alone_opens_nothing_and_the_code_opens_what_was_asked_for(
    client: Client, ann: Armed, clock: time_machine.Traveller
) -> None:
    planted = client.session
    planted.save()
    assert enter(client, next="/console/incidents/")["Location"] == CODE
    assert client.session.session_key != planted.session_key
    # Neither a page, nor the API, nor the raw rows, nor a stream takes half a session.
    assert client.get(PROFILE)["Location"].startswith(SIGN_IN)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(SIGN_IN)
    assert client.get(API).status_code == 401
    assert not Event.objects.filter(kind=Kind.USER_SIGNED_IN).exists()
    code = ann.code
    assert "six digits" in client.get(CODE).content.decode()
    assert client.post(CODE, {"code": code})["Location"] == "/console/incidents/"
    assert (client.get(PROFILE).status_code, client.get(API).status_code) == (200, 200)
    assert Event.objects.get(kind=Kind.USER_SIGNED_IN).data == {"address": "127.0.0.1", "second_factor": "code"}
    # Looked at over a shoulder, it is used up; so is the one before it.
    other = Client()
    enter(other)
    for used in (code, code):
        assert "not the code of this moment" in other.post(CODE, {"code": used}).content.decode()
    clock.shift(30)
    assert other.post(CODE, {"code": ann.code})["Location"] == "/console/"


def test_a_recovery_code_stands_in_once_and_that_is_told(client: Client, ann: Armed) -> None:
    enter(client)
    assert client.post(CODE, {"code": ann.recovery[0].upper()}).status_code == 302
    assert Event.objects.get(kind=Kind.USER_RECOVERY_CODE_USED).data == {"left": 9}
    other = Client()
    enter(other)
    assert other.post(CODE, {"code": ann.recovery[0]}).status_code == 200
    assert other.get(PROFILE).status_code == 302


def test_wrong_codes_make_the_next_wait_and_the_right_password_forgives_none(
    client: Client, ann: Armed, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        enter(client)
        assert client.post(CODE, {"code": "000000"}).status_code == 200
        clock.shift(30)
    enter(client)
    answer = client.post(CODE, {"code": "000000"})
    answer = client.post(CODE, {"code": ann.code})
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")
    refusals = Event.objects.filter(kind=Kind.USER_SIGN_IN_REFUSED, data__because="code")
    assert refusals.count() == 6
    clock.shift(30)
    assert client.post(CODE, {"code": ann.code}).status_code == 302


def test_a_first_proof_is_worth_nothing_once_it_is_no_longer_true(
    client: Client, ann: Armed, clock: time_machine.Traveller
) -> None:
    assert client.get(CODE)["Location"] == SIGN_IN
    enter(client)
    User.objects.filter(pk=ann.user.pk).update(is_active=False)
    assert client.post(CODE, {"code": ann.code})["Location"] == SIGN_IN
    User.objects.filter(pk=ann.user.pk).update(is_active=True)
    ann.user.change_password("brandnew horse battery", by=ann.user.actor)
    assert client.post(CODE, {"code": ann.code})["Location"] == SIGN_IN
    ann.user.change_password(PASSWORD, by=ann.user.actor)
    enter(client)
    clock.shift(601)
    assert client.post(CODE, {"code": ann.code})["Location"] == SIGN_IN


def test_keys_of_scripts_know_no_second_factor(client: Client, ann: Armed) -> None:
    _, text = make_key("read", by=ann.user.actor)
    assert client.get(API, headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_under_another_secret_key_it_is_said_that_nothing_can_be_read(client: Client, ann: Armed) -> None:
    SecondFactor.objects.update(sealed="nonsense")
    enter(client)
    assert "SECRET_KEY has changed" in client.post(CODE, {"code": ann.code}).content.decode()
    assert client.get(API).status_code == 401
    assert client.get(API, headers=bearer("read")).status_code == 200
    # The only admin helps themselves on the machine.
    call_command("reset_second_factor", "ANN")
    assert enter(client)["Location"] == "/console/"
