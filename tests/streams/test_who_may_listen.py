from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiKey, User
from accounts.roles import Role
from config.streams import address_of
from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Service
from tests.factories import UserFactory, bearer, make_key
from tests.streams.conftest import ANN
from tests.streams.radio import Radio, Receiver

SECRET = "only-for-this-test-4d1c"


@pytest.fixture
def user(transactional_db: None) -> User:
    return UserFactory.create(role=Role.VIEWER.value)


@pytest.fixture
def session(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def by_session(radio: Radio, client: Client) -> Receiver:
    return radio.listen("admin", cookie=f"opstatus_session={client.cookies['opstatus_session'].value}")


@pytest.mark.parametrize(
    ("scopes", "status"), [([], 401), (["alerts"], 403), (["read"], 200), (["write"], 200), (["admin"], 200)]
)
def test_a_key_needs_the_scope_read(radio: Radio, scopes: list[str], status: int) -> None:
    answer = radio.listen("admin", **(bearer(*scopes) if scopes else {}))
    assert answer.status == status
    if status == 200:
        assert answer.headers["content-type"].startswith("text/event-stream")
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert f'"status": {status}' in answer.text
    assert ("www-authenticate" in answer.headers) == (status == 401)


def test_a_wrong_key_is_refused_like_none(radio: Radio) -> None:
    assert radio.listen("admin", Authorization="Bearer ops_0000000_wrong").status == 401
    assert radio.listen("admin", cookie="opstatus_session=wrong").status == 401


def test_who_is_signed_in_hears_what_is_internal(radio: Radio, session: Client, checkout: Service) -> None:
    heard = by_session(radio, session)
    assert heard.status == 200
    Incident.declare(by=ANN, title="Between us", severity="low", public=False)
    assert heard.wait(lambda heard: bool(heard.events)).events[0]["subject"]["name"] == "Between us"


def test_a_visitor_with_a_session_hears_no_more_than_others(radio: Radio, session: Client, checkout: Service) -> None:
    heard = radio.listen("public", cookie=f"opstatus_session={session.cookies['opstatus_session'].value}")
    Incident.declare(by=ANN, title="Between us", severity="low", public=False)
    Incident.declare(by=ANN, title="Seen", severity="low")
    assert heard.wait(lambda heard: bool(heard.events)).events[0]["subject"]["name"] == "Seen"


@pytest.fixture
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the log tells is followed."""
    monkeypatch.setattr("events.streams.guard.PERIOD", 10_000.0)


def test_a_revoked_key_hears_no_more(radio: Radio, no_clock: None) -> None:
    key, text = make_key("read")
    heard = radio.listen("admin", Authorization=f"Bearer {text}")
    other = radio.listen("admin", **bearer("read"))
    key.revoke(by=SYSTEM)
    heard.wait(lambda heard: heard.over)
    assert not other.over


def test_who_signs_out_hears_no_more(radio: Radio, session: Client, no_clock: None) -> None:
    heard = by_session(radio, session)
    session.post("/console/sign-out")
    heard.wait(lambda heard: heard.over)


def test_who_is_made_inactive_by_hand_hears_no_more(
    radio: Radio, session: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing tells of it: the clock finds it.
    monkeypatch.setattr("events.streams.guard.PERIOD", 0.05)
    heard = by_session(radio, session)
    User.objects.filter(pk=user.pk).update(is_active=False)
    heard.wait(lambda heard: heard.over)


def test_a_key_that_expires_meanwhile_hears_no_more(radio: Radio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.streams.guard.PERIOD", 0.05)
    key, text = make_key("read")
    heard = radio.listen("admin", Authorization=f"Bearer {text}")
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now())
    heard.wait(lambda heard: heard.over)


@pytest.mark.parametrize("path", ["public", "admin"])
def test_only_reading_is_understood(radio: Radio, path: str) -> None:
    answer = radio.tune(path, method="POST").wait(lambda heard: heard.over)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_name_that_is_not_ours_is_left_to_django(radio: Radio, monkeypatch: pytest.MonkeyPatch) -> None:
    from config.streams import _serves

    monkeypatch.setattr("django.conf.settings.ALLOWED_HOSTS", ["status.example.com"])
    _serves.cache_clear()
    assert radio.tune("public", host="evil.example").wait(lambda heard: heard.over).status == 299
    assert radio.listen("public", host="status.example.com").status == 200
    _serves.cache_clear()


def test_the_public_stream_is_open_to_other_pages_and_the_other_is_not(radio: Radio) -> None:
    public, admin = radio.listen("public", x_request_id="mine"), radio.listen("admin", **bearer("read"))
    assert public.headers["access-control-allow-origin"] == "*"
    assert public.headers["x-request-id"] == "mine"
    assert "access-control-allow-origin" not in admin.headers
    for heard in (public, admin):
        assert heard.headers["cache-control"] == "no-store, no-transform"
        assert heard.headers["x-content-type-options"] == "nosniff"
        assert heard.headers["content-security-policy"].startswith("default-src 'none'")
        assert "set-cookie" not in heard.headers


def test_asking_for_headers_alone_opens_nothing(radio: Radio) -> None:
    assert radio.tune("public", method="HEAD").wait(lambda heard: heard.over).status == 200
    assert radio.tune("public", method="OPTIONS").wait(lambda heard: heard.over).status == 204
    assert radio.streams.places.in_all == 0


@pytest.mark.parametrize(("proxies", "expected"), [(0, "192.0.2.1"), (1, "203.0.113.9")])
def test_a_caller_behind_the_proxy_is_known_by_what_the_proxy_says(
    proxies: int, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.TRUSTED_PROXIES", proxies)
    headers = [(b"x-forwarded-for", b"198.51.100.1, 203.0.113.9"), (b"x_forwarded_for", b"1.1.1.1")]
    scope = {"method": "GET", "path": "/", "headers": headers, "client": ("192.0.2.1", 1)}
    assert address_of(scope) == expected
