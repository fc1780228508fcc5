"""Single sign-on: whom the provider vouches for, truly, for us and now, is let in to the account that is theirs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings

from accounts.models import Identity, Invitation, SecondFactor, User
from accounts.roles import Role
from accounts.views.oidc import PER_MINUTE
from events.actors import SYSTEM
from events.kinds import Kind
from events.models import Event
from tests.factories import UserFactory, signed_in
from tests.sign_in.conftest import CODE, PROFILE, SIGN_IN, Armed
from tests.sign_in.provider import CLIENT, SECRET, Provider, new_key, running

pytestmark = pytest.mark.django_db
BEGIN, BACK = "/console/sign-in/oidc", "/console/sign-in/oidc/back"
ANN = {"email": "Ann@example.com", "email_verified": True, "name": "Ann Bell"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        found.claims = dict(ANN)
        said = {"OIDC_ISSUER": found.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET}
        with override_settings(**said, OIDC_NAME="Example ID", OIDC_DEFAULT_ROLE=""):
            yield found


def come(provider: Provider, client: Client, **changed: str) -> Any:
    """Go to the provider and come back, with something in the answer changed."""
    there = client.get(BEGIN, {"next": "/console/incidents/"})["Location"]
    return client.get(BACK, provider.authorize(there) | changed)


def refusal(provider: Provider, client: Client, **changed: str) -> tuple[str, str]:
    """Come and be refused; return the code in the log, and the page."""
    assert come(provider, client, **changed)["Location"] == SIGN_IN
    assert client.get(PROFILE).status_code == 302
    told = Event.objects.filter(kind=Kind.USER_SIGN_IN_REFUSED).latest("id")
    return told.data["because"], client.get(SIGN_IN).content.decode()


def test_an_account_is_found_by_its_address_once_and_by_the_person_ever_after(
    client: Client, provider: Provider
) -> None:
    ann = UserFactory.create(email="ann@example.com", role="viewer")
    assert "Sign in with Example ID" in client.get(SIGN_IN).content.decode()
    assert come(provider, client)["Location"] == "/console/incidents/"
    assert client.get(PROFILE).status_code == 200
    signed = Event.objects.get(kind=Kind.USER_SIGNED_IN)
    assert (signed.actor_id, signed.data) == (str(ann.pk), {"address": "127.0.0.1", "by": "oidc"})
    assert Event.objects.get(kind=Kind.USER_IDENTITY_TIED).data == {"issuer": provider.issuer}
    # The address may change there, and belong to somebody else.
    provider.claims = {"email": "bell@example.com", "email_verified": False}
    assert come(provider, Client())["Location"] == "/console/incidents/"
    provider.claims = {**ANN, "sub": "person-2"}
    assert refusal(provider, Client())[0] == "unknown"
    # Who signs in so may be deactivated, and let in again without a password.
    ann.change(by=SYSTEM, changes={"is_active": False})
    assert client.get(PROFILE).status_code == 302
    provider.claims = {}
    because, page = refusal(provider, Client())
    assert (because, "is deactivated" in page) == ("deactivated", True)
    User.objects.filter(pk=ann.pk).update(password="!")
    ann = User.objects.get(pk=ann.pk)
    ann.change(by=SYSTEM, changes={"is_active": True})
    # Made anew at the provider, they are untied here and tied anew by the address.
    provider.claims, old = dict(ANN), Client()
    come(provider, old)
    signed_in(Role.ADMIN).post(f"/console/accounts/people/{ann.pk}/untie/")
    assert old.get(PROFILE).status_code == 302
    provider.claims = {**ANN, "sub": "person-2"}
    assert come(provider, Client()).status_code == 302
    assert Identity.objects.get().subject == "person-2"


def test_what_is_not_the_provider_s_word_for_us_and_now_is_refused(client: Client, provider: Provider) -> None:
    UserFactory.create(email="ann@example.com")
    now = int(time.time())
    wrong: dict[str, dict[str, Any]] = {
        "token: nonce": {"nonce": "another"},
        "token: InvalidIssuerError": {"iss": "http://127.0.0.1:1"},
        "token: InvalidAudienceError": {"aud": "another"},
        "token: ExpiredSignatureError": {"exp": now - 61, "iat": now - 99},
        "token: ImmatureSignatureError": {"iat": now + 3600},
        "token: azp": {"aud": [CLIENT, "another"], "azp": "another"},
        "unverified": {"email_verified": False},
    }
    for because, claims in wrong.items():
        provider.claims = ANN | claims
        assert refusal(provider, client)[0] == because
    provider.claims, provider.forged = dict(ANN), new_key()
    assert refusal(provider, client)[0] == "token: InvalidSignatureError"
    provider.forged = None
    assert refusal(provider, client, state="another")[0] == "state"
    assert refusal(provider, client, iss="http://127.0.0.1:1")[0] == "issuer"
    assert refusal(provider, client, code="")[0] == "provider_refused"
    assert refusal(provider, client, code="stolen")[0] == "provider_unusable"
    # An answer is good in the browser that asked, and once.
    answer = provider.authorize(client.get(BEGIN)["Location"])
    assert Client().get(BACK, answer)["Location"] == SIGN_IN
    assert client.get(BACK, answer)["Location"] == "/console/"
    client.logout()
    assert client.get(BACK, answer)["Location"] == SIGN_IN
    assert Event.objects.filter(kind=Kind.USER_SIGNED_IN).count() == 1


def test_the_address_may_come_by_another_door_and_means_one_account(client: Client, provider: Provider) -> None:
    provider.claims = {}
    provider.more = {"sub": "somebody-else", **ANN}
    assert refusal(provider, client)[0] == "unverified"
    provider.more = {"sub": "person-1", **ANN}
    twins = [UserFactory.create(email="ann@example.com") for _ in range(2)]
    assert refusal(provider, client)[0] == "several"
    twins[0].change(by=SYSTEM, changes={"email": "ann\u0131@example.com"})
    assert come(provider, client)["Location"] == "/console/incidents/"
    assert Identity.objects.get().user == twins[1]
    with override_settings(OIDC_ISSUER="http://127.0.0.1:1"):
        stranger = Client()
        assert stranger.get(BEGIN)["Location"] == SIGN_IN
        assert "no answer that can be used" in stranger.get(SIGN_IN).content.decode()


def test_the_invited_are_in_and_strangers_only_where_a_role_is_set(client: Client, provider: Provider) -> None:
    invitation = Invitation.send(by=SYSTEM, username="ann", email="ann@example.com", role=Role.OPERATOR)
    assert come(provider, client)["Location"] == "/console/incidents/"
    ann = User.objects.get(pk=invitation.user.pk)
    assert (ann.is_active, ann.name, ann.role, ann.has_usable_password()) == (True, "Ann Bell", "operator", False)
    assert Client().get(f"/console/invitation/{invitation.token()}").status_code == 410
    provider.claims = {**ANN, "sub": "person-2", "email": "bo@example.com", "preferred_username": "ann"}
    assert refusal(provider, Client())[0] == "unknown"
    with override_settings(OIDC_DEFAULT_ROLE="viewer"):
        stranger = Client()
        assert come(provider, stranger)["Location"] == "/console/incidents/"
    bo = User.objects.get(email="bo@example.com")
    assert (bo.username, bo.role) == ("bo@example.com", "viewer")
    # Without a password, what protects the account is changed after a fresh sign-in alone.
    new = "/console/accounts/second-factor/new/"
    assert 'type="password"' not in stranger.get(new).content.decode()


def test_what_a_provider_leaves_open_or_writes_oddly_harms_nobody(provider: Provider) -> None:
    Invitation.send(by=SYSTEM, username="ann", email="ann@example.com", role=Role.OPERATOR)
    provider.claims = {**ANN, "name": "Ann\x07\u2028Bell"}
    assert come(provider, Client())["Location"] == "/console/incidents/"
    assert User.objects.get(username="ann").name == "Ann Bell"
    odd: list[Any] = [None, "", 7, ["bo"], "WORK\\bo", "Bo B\u00f6ll", "b\x00o", "x" * 151]
    with override_settings(OIDC_DEFAULT_ROLE="viewer"):
        for number, said in enumerate(odd):
            email = f"bo{number}@example.com"
            provider.claims = {**ANN, "sub": email, "email": email, "name": None, "preferred_username": said}
            assert come(provider, Client())["Location"] == "/console/incidents/", said
            bo = User.objects.get(email=email)
            assert (bo.username, bo.name) == (email, "")
        provider.claims = {**ANN, "sub": "nul", "email": "a\x00b@example.com"}
        assert refusal(provider, Client())[0] == "unverified"


@pytest.mark.parametrize("there", ["http://[", "javascript:alert(1)", "//evil.example", "https://", None, 7])
def test_a_door_that_is_none_leads_nowhere(client: Client, provider: Provider, there: object) -> None:
    provider.doors = {"authorization_endpoint": there}
    assert client.get(BEGIN)["Location"] == SIGN_IN
    assert "no answer that can be used" in client.get(SIGN_IN).content.decode()


def test_ours_is_asked_for_unless_the_provider_has_asked_for_one(ann: Armed, provider: Provider) -> None:
    provider.claims = {**ANN, "amr": ["pwd"]}
    first, second = Client(), Client()
    assert come(provider, first)["Location"] == CODE
    assert first.get(PROFILE).status_code == 302
    assert first.post(CODE, {"code": ann.code})["Location"] == "/console/incidents/"
    provider.claims = {**ANN, "amr": ["pwd", "mfa"]}
    assert come(provider, second)["Location"] == "/console/incidents/"
    told = Event.objects.filter(kind=Kind.USER_SIGNED_IN).order_by("id")
    assert [event.data["second_factor"] for event in told] == ["code", "provider"]
    SecondFactor.reset(ann.user, by=SYSTEM)
    with override_settings(REQUIRE_SECOND_FACTOR="all"):
        assert (come(provider, second).status_code, second.get(PROFILE).status_code) == (302, 200)


def test_a_place_asks_the_provider_so_often_a_minute(client: Client, provider: Provider) -> None:
    with time_machine.travel("2026-03-02T09:00:01Z", tick=False) as clock:
        for _ in range(PER_MINUTE):
            client.get(BACK)
        told = Event.objects.count()
        assert client.get(BEGIN)["Location"] == SIGN_IN
        assert "Too many attempts" in client.get(SIGN_IN).content.decode()
        assert Event.objects.count() == told
        clock.shift(60)
        assert client.get(BEGIN)["Location"].startswith(provider.issuer)


def test_without_a_provider_there_is_no_such_door(client: Client) -> None:
    assert [client.get(path).status_code for path in (BEGIN, BACK)] == [404, 404]
    assert "Or with your password" not in client.get(SIGN_IN).content.decode()
