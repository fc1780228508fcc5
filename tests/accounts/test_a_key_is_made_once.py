"""A page that shows a secret once, loaded again."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import ApiKey, StoredReply
from accounts.once import FIELD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NEW = "/console/accounts/keys/new/"


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(UserFactory.create(role="admin"))
    return client


def filled_in(client: Client, **fields: str) -> dict[str, str]:
    token = re.search(rf'name="{FIELD}" value="([^"]+)"', client.get(NEW).content.decode())
    assert token
    return {"name": "deploy", "scopes": "read", "lifetime": "30", FIELD: token[1], **fields}


def test_loading_the_new_key_again_makes_no_second_one(admin: Client) -> None:
    form = filled_in(admin)
    first = admin.post(NEW, form).content.decode()
    again = admin.post(NEW, form, follow=True)
    assert again.redirect_chain == [("/console/accounts/keys/", 302)]
    assert "The key “deploy” was made already and shown that once." in again.content.decode()
    assert ApiKey.objects.count() == 1
    secret = re.search(r'value="(ops_[^"]+)"', first)
    assert secret
    assert secret[1] not in str(StoredReply.objects.values())


def test_another_rendering_of_the_form_makes_another_key(admin: Client) -> None:
    for _ in range(2):
        assert admin.post(NEW, filled_in(admin)).status_code == 200
    assert ApiKey.objects.count() == 2


def test_a_refused_form_may_be_sent_again_corrected(admin: Client) -> None:
    form = filled_in(admin, name="")
    assert "Nothing was saved yet" in admin.post(NEW, form).content.decode()
    admin.post(NEW, {**form, "name": "deploy"})
    assert ApiKey.objects.get().name == "deploy"


def test_a_key_for_alerts_is_offered(admin: Client) -> None:
    assert "Send alerts, and nothing else" in admin.get(NEW).content.decode()
    admin.post(NEW, filled_in(admin, scopes="alerts"))
    assert ApiKey.objects.get().scopes == ["alerts"]
