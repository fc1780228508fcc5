"""The console's pages of channels."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from notifications.models import Channel
from notifications.transports.kinds import KINDS
from tests.channels.rows import ANN, SLACK, slack, webhook
from tests.channels.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(role.value, name=role.value, email=f"{role}@example.org", role=role))
    return client


@pytest.fixture
def admin() -> Client:
    return signed_in(Role.ADMIN)


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def test_every_kind_has_its_form(admin: Client) -> None:
    page = text(admin, "/console/channels/new/")
    for kind in [kind for kind, transport in KINDS.items() if transport.for_channels]:
        assert f"?kind={kind}" in page
        form = text(admin, f"/console/channels/new/?kind={kind}")
        assert all(f'name="options.{option.name}"' in form for option in KINDS[kind].options)
    assert "?kind=browser" not in page
    assert admin.get("/console/channels/new/?kind=browser").status_code == 404


def test_one_is_made_and_found_in_the_list(admin: Client) -> None:
    told = {"name": "Ops", "options.url": SLACK, "audience": "internal", "severity": "high"}
    page = admin.post("/console/channels/new/?kind=slack", told, follow=True).content.decode()
    assert "Ops is made" in page
    assert "topsecret" not in page
    listed = text(admin, "/console/channels/")
    assert "hooks.slack.com" in listed
    assert "SEV2 and worse" in listed


def test_what_was_typed_stays_when_it_is_refused(admin: Client) -> None:
    told = {"name": "Ops", "options.url": "ftp://x", "audience": "internal"}
    page = admin.post("/console/channels/new/?kind=webhook", told).content.decode()
    assert "must begin with http" in page
    assert 'value="ftp://x"' in page
    assert not Channel.objects.exists()


def test_an_edit_shows_dots_and_keeps_the_secret(admin: Client) -> None:
    channel = slack()
    page = text(admin, f"/console/channels/{channel.pk}/edit/")
    assert 'value="••••••"' in page
    assert "topsecret" not in page
    told = {"name": "Ops", "options.url": "••••••", "audience": "public"}
    admin.post(f"/console/channels/{channel.pk}/edit/", told)
    channel.refresh_from_db()
    assert (channel.name, channel.audience, channel.address) == ("Ops", "public", SLACK)


def test_a_test_says_how_it_ended(admin: Client, sink: Sink) -> None:
    channel = webhook(sink.url)
    path = f"/console/channels/{channel.pk}/test/"
    assert "Nobody else was told" in admin.post(path, follow=True).content.decode()
    sink.status = 500
    page = admin.post(path, follow=True).content.decode()
    assert "The test did not arrive. The other side answers that it has a fault. It answered 500." in page


def test_a_test_of_mail_goes_to_whoever_asked_for_it(admin: Client, tmp_path: object) -> None:
    channel = Channel.add(by=ANN, name="List", kind="email", options={"address": "everybody@example.org"})
    page = admin.post(f"/console/channels/{channel.pk}/test/", follow=True).content.decode()
    assert "The test went to admin@example.org, and to nobody else." in page
    assert [message.to for message in mail.outbox] == [["admin@example.org"]]


def test_the_page_says_why_it_is_off_and_switches_it_on(admin: Client) -> None:
    channel = slack()
    now = timezone.now()
    channel.refused(because="It refuses our sign-in. It answered 403.", now=now - timedelta(days=2))
    channel.refused(because="It says that it is gone for good.", now=now, for_good=True)
    page = text(admin, f"/console/channels/{channel.pk}/")
    assert "It is off, and is told nothing." in page
    assert "It says that it is gone for good." in page
    admin.post(f"/console/channels/{channel.pk}/switch/", {"to": "on"})
    assert "It is off" not in text(admin, f"/console/channels/{channel.pk}/")


def test_the_signing_secret_is_for_admins(admin: Client) -> None:
    channel = webhook()
    path = f"/console/channels/{channel.pk}/"
    assert channel.signing_secret in text(admin, path)
    admin.post(f"{path}rotate/")
    assert channel.signing_secret not in text(admin, path)
    assert "whsec_" not in text(signed_in(Role.OPERATOR), path)


def test_operators_read_and_viewers_do_not(sink: Sink) -> None:
    channel = webhook(sink.url)
    operator, viewer = signed_in(Role.OPERATOR), signed_in(Role.VIEWER)
    page = text(operator, f"/console/channels/{channel.pk}/")
    assert not re.search(r"Send a test|Delete|Edit<", page)
    assert operator.post(f"/console/channels/{channel.pk}/test/").status_code == 403
    assert viewer.get("/console/channels/").status_code == 403
    assert sink.calls == []


def test_deleting_asks_first(admin: Client) -> None:
    channel = slack()
    assert "Delete Operations?" in text(admin, f"/console/channels/{channel.pk}/delete/")
    assert Channel.objects.exists()
    admin.post(f"/console/channels/{channel.pk}/delete/")
    assert not Channel.objects.exists()


def test_a_channel_whose_secrets_cannot_be_opened_says_so(admin: Client, settings: object) -> None:
    channel = slack()
    Channel.objects.filter(pk=channel.pk).update(sealed="gAAAAA")
    page = text(admin, f"/console/channels/{channel.pk}/")
    assert "Its secrets cannot be opened" in page
