import gzip
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from services.models import Service
from statuspage.shelf import Shelf
from tests.statuspage.conftest import Asker


@pytest.fixture
def stale(checkout: Service, put_on_shelf: Callable[[], None], shelf: Shelf) -> Shelf:
    put_on_shelf()
    shelf._fresh_until = 0.0
    return shelf


def test_a_page_says_since_when_it_could_not_be_confirmed(stale: Shelf, ask: Asker) -> None:
    assert stale.confirmed_at
    reply = ask("/status", accept_encoding="gzip")
    text = gzip.decompress(reply.body).decode()
    assert 'class="stale"' in text
    assert f"{stale.confirmed_at:%H:%M} UTC" in text
    assert "<!--stale-->" not in text


def test_the_tag_is_another_so_that_caches_take_the_banner(
    checkout: Service, put_on_shelf: Callable[[], None], shelf: Shelf, ask: Asker
) -> None:
    put_on_shelf()
    before = ask("/status")
    assert b'class="stale"' not in before.body
    shelf._fresh_until = 0.0
    assert ask("/status", if_none_match=before.headers["etag"]).status == 200


def test_json_says_it_in_headers_and_keeps_its_body(
    checkout: Service, put_on_shelf: Callable[[], None], shelf: Shelf, ask: Asker
) -> None:
    put_on_shelf()
    before = ask("/api/v1/status")
    assert "age" not in before.headers
    shelf._fresh_until = 0.0
    assert shelf.confirmed_at
    with time_machine.travel(shelf.confirmed_at.timestamp() + 90.5, tick=False):
        after = ask("/api/v1/status")
    assert after.body == before.body
    assert after.headers["age"] == "90"
    assert after.headers["opstatus-stale-since"] == f"{shelf.confirmed_at:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("path", ["/api/v1/status", "/status/rss", "/status/badge.svg", "/status/calendar.ics"])
def test_who_has_the_bytes_already_is_told_too(
    path: str, checkout: Service, put_on_shelf: Callable[[], None], shelf: Shelf, ask: Asker
) -> None:
    put_on_shelf()
    before = ask(path)
    shelf._fresh_until = 0.0
    during = ask(path, if_none_match=before.headers["etag"])
    assert (during.status, during.body) == (200, before.body)
    assert "opstatus-stale-since" in during.headers
    assert ask(path, if_none_match=during.headers["etag"]).status == 304
    shelf.confirm(timezone.now())
    after = ask(path, if_none_match=during.headers["etag"])
    assert (after.status, after.headers["etag"]) == (200, before.headers["etag"])
    assert "opstatus-stale-since" not in after.headers


def test_it_is_marked_once_for_a_spell(stale: Shelf, ask: Asker) -> None:
    entry = stale.held.entries["/status"]
    assert stale.marked(entry) is stale.marked(entry)


def test_confirmed_again_it_is_as_before(stale: Shelf, ask: Asker) -> None:
    assert b'class="stale"' in ask("/status").body
    stale.confirm(timezone.now())
    assert b'class="stale"' not in ask("/status").body
