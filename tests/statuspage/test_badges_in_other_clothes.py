"""Style and label of a badge are chosen by its address, and drawn from the published bytes alone."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from services.models import Service
from statuspage import badges
from statuspage.shelf import Shelf
from tests.statuspage.conftest import ANN, Asker

SQUARE = "/status/badge.svg?style=flat-square"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("style=flat-square", SQUARE),
        ("x=1&style=flat&style=flat-square&label=", SQUARE),
        ("style=flat", "/status/badge.svg"),
        ("style=plastic&x=1", "/status/badge.svg"),
        ("label=%20a%0A%00b%20", "/status/badge.svg?label=a%20b"),
        (f"label={'x' * 99}", f"/status/badge.svg?label={'x' * 40}"),
        ("&" * 60, "/status/badge.svg"),
    ],
)
def test_each_variant_has_one_address(query: str, address: str) -> None:
    assert badges.variant("/status/badge.svg", query) == address


def test_what_a_badge_says_is_read_from_it() -> None:
    plain = badges.badge("A & B: <c>", "partial_outage")
    assert badges.restyled(plain, "/x?style=flat-square") == badges.badge("A & B: <c>", "partial_outage", "flat-square")
    said = badges.restyled(plain, badges.variant("/x", "label=%3Cscript%3E%22&style=for-the-badge")).decode()
    assert "<script" not in said.lower()
    assert 'height="28"' in said
    assert "PARTIAL OUTAGE</text>" in said
    assert '<script>": partial outage' in unescape(said)


def test_the_edge_draws_them_without_the_database(
    checkout: Service, ask: Asker, shelf: Shelf, put_on_shelf: Callable[[], None], client: Client
) -> None:
    checkout.set_status("degraded", by=ANN)
    put_on_shelf()
    address = "/status/services/checkout-api/badge.svg"
    plain, named = ask(address), ask(address, "label=Our%20shop&style=flat-square")
    assert (plain.status, named.status) == (200, 200)
    assert b"<title>Our shop: degraded</title>" in named.body
    assert b'rx="0"' in named.body
    assert named.headers["etag"] != plain.headers["etag"]
    assert ask(address, "style=flat-square&label=Our%20shop", if_none_match=named.headers["etag"]).status == 304
    assert ask(address, "style=nonsense") == plain
    assert ask("/status/services/none/badge.svg", "label=x").status == 299
    # The end of a badge's address in another's parameter makes no badge of a feed.
    for other, query in (("/status/rss", "service=x/badge.svg?y"), ("/status/history", "month=/badge.svg?y=1")):
        assert ask(other, query).status == 299
        assert client.get(f"{other}?{query}").status_code == 404
    behind = client.get(f"{address}?label=Our+shop&style=flat-square")
    assert (behind.status_code, behind.content) == (200, named.body)
    for number in range(200):
        ask(address, f"label={number}")
    assert len(shelf.held.asked) <= 64
    shelf._fresh_until = 0.0
    assert "opstatus-stale-since" in ask(address, "label=Our%20shop").headers
    assert not shelf.held.marked
