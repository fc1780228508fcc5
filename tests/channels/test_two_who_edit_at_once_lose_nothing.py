"""Of two who edit a channel at once the second is told, in the console and by scripts, and loses nothing."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from events.errors import StaleEdit
from notifications.models import Channel
from tests.channels.rows import ANN, SLACK, slack
from tests.channels.test_admins_keep_channels_in_the_console import admin, text  # noqa: F401 - a fixture
from tests.factories import bearer

pytestmark = pytest.mark.django_db(transaction=True)
DOTS = "••••••"


def test_an_edit_of_what_is_old_changes_nothing() -> None:
    channel = slack()
    read = channel.version
    channel.edit(by=ANN, changes={"severity": "high"}, version=read)
    with pytest.raises(StaleEdit) as refused:
        channel.edit(by=ANN, changes={"name": "Mine"}, version=read)
    assert refused.value.current["version"] == read + 1
    assert refused.value.current["options"] == {"url": DOTS}
    assert Channel.objects.get().name == "Operations"


def test_only_what_changes_something_makes_another_version() -> None:
    channel = slack()
    channel.edit(by=ANN, changes={"severity": "", "options": {"url": DOTS}})
    channel.refused(because="Away.", now=channel.created_at)
    assert Channel.objects.get().version == 1


def test_the_console_says_so_and_saving_again_goes_over_it(admin: Client) -> None:  # noqa: F811
    channel = slack()
    path = f"/console/channels/{channel.pk}/edit/"
    [read] = re.findall(r'name="version" value="(\d+)"', text(admin, path))
    channel.edit(by=ANN, changes={"severity": "high"})
    typed = {"name": "Mine", "audience": "internal", "options.url": DOTS, "version": read}
    answer = admin.post(path, typed)
    page = answer.content.decode()
    assert (answer.status_code, Channel.objects.get().name) == (409, "Operations")
    assert "Somebody else has changed this channel meanwhile." in page
    assert 'value="Mine"' in page
    [now] = re.findall(r'name="version" value="(\d+)"', page)
    assert admin.post(path, {**typed, "version": now}).status_code == 302
    assert (Channel.objects.get().name, Channel.objects.get().address) == ("Mine", SLACK)


def test_a_script_that_names_the_version_is_refused(client: Client) -> None:
    channel = slack()
    path, headers = f"/api/v1/channels/{channel.pk}", bearer("admin")
    read = client.get(path, headers=headers).json()["version"]
    first = client.patch(path, {"severity": "high", "version": read}, "application/json", headers=headers)
    assert (first.status_code, first.json()["version"]) == (200, read + 1)
    second = client.patch(path, {"name": "Mine", "version": read}, "application/json", headers=headers)
    assert (second.status_code, second.json()["type"]) == (409, "urn:opstatus:problem:stale_edit")
    assert second.json()["current"]["severity"] == "high"
    assert client.patch(path, {"name": "Mine"}, "application/json", headers=headers).json()["name"] == "Mine"
