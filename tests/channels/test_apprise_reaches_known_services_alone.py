"""Apprise connects by itself, past the guard: only services whose machines are fixed in its code may be named."""

from __future__ import annotations

import pytest
from apprise import NotificationManager

from notifications.transports.apprise import SCHEMAS
from notifications.transports.kinds import KINDS
from tests.channels.sink import EVERYWHERE, parcel, send

SLACKER = "pover://u" + "a" * 29 + "@" + "b" * 30


@pytest.fixture(scope="module")
def known() -> NotificationManager:
    found = NotificationManager()
    found.load_modules()
    return found


@pytest.mark.parametrize("schema", sorted(SCHEMAS))
def test_no_service_on_the_list_takes_a_host(known: NotificationManager, schema: str) -> None:
    templates = known[schema].templates
    assert templates
    assert not [template for template in templates if "host" in template]


@pytest.mark.parametrize(
    "url",
    [
        "json://127.0.0.1/",
        "JSONS://10.0.0.1/",
        "xml://localhost",
        "form://localhost",
        "mailto://a:b@localhost",
        "syslog://",
        "dbus://",
        "apprise://localhost/token",
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "pover://",
        "pover",
        "://",
    ],
)
def test_others_are_refused(url: str) -> None:
    assert KINDS["apprise"].agree({"url": url}, EVERYWHERE)


def test_one_that_is_on_the_list_and_whole_is_taken() -> None:
    assert KINDS["apprise"].agree({"url": SLACKER}, EVERYWHERE) == {}


def test_one_that_was_stored_and_is_no_longer_on_the_list_is_not_sent_to() -> None:
    assert send("apprise", parcel("json://127.0.0.1/")).code == "not_set_up"
