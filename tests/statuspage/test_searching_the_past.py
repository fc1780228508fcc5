"""The past is searched by plain addresses, in the published list, without the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from incidents.models import Incident
from services.models import Service
from statuspage import addresses, searching
from statuspage.searching import Index
from statuspage.shelf import Shelf
from tests.statuspage.conftest import ANN, Asker
from tests.statuspage.planning import plan

PAGE = 'a\n<input name="q" value="">\n<p id="found" class="x">all</p>\n<ul>\n{rows}</ul>\nz'


def page(*titles: str) -> Index:
    return Index.of(
        PAGE.format(rows="".join(f"{searching.ROW}<li><a href='/x'>{title}</a></li>\n" for title in titles))
    )


def test_every_word_must_be_there_in_any_case_and_only_in_what_is_read() -> None:
    index = page("Checkout &amp; carts slow", "Mail slow", "STRASSE")
    assert "Mail slow" not in index.page("SLOW checkout")
    assert "“slow checkout”" in index.page("slow checkout")
    assert "1 entry holds" in index.page("& carts")
    assert "STRASSE" in index.page("straße")
    assert "Nothing holds" in index.page("href")
    assert index.page("slow").count(searching.ROW) == 2
    found = index.page('"><script>')
    assert "<script>" not in found
    assert found.startswith("a\n<input")
    assert found.endswith("</ul>\nz")


def test_much_is_counted_and_some_of_it_shown() -> None:
    found = page(*(f"Slow {number}" for number in range(80))).page("slow")
    assert found.count(searching.ROW) == searching.MOST
    assert "80 entries hold “slow”. The newest 50 are shown." in found
    assert "Nothing holds “x”." in page().page("x")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("q=%20a%00+b%0A", "/status/search?q=a%20b"),
        ("q=", "/status/search"),
        ("x=1", "/status/search"),
        (f"q={'x' * 99}", f"/status/search?q={'x' * 80}"),
        ("q=a/b?c&q=%C3%9F%26", "/status/search?q=%C3%9F%26"),
    ],
)
def test_each_search_has_one_address(query: str, address: str) -> None:
    assert addresses.canonical("/status/search/", query) == address


def test_the_edge_finds_what_is_public(
    checkout: Service, ask: Asker, shelf: Shelf, put_on_shelf: Callable[[], None], client: Client
) -> None:
    incident = Incident.declare(by=ANN, title="Cards <refused>", severity="high", services={checkout: None})
    incident.resolve(by=ANN)
    Incident.declare(by=ANN, title="Cards for us", severity="high", services={checkout: None}, public=False)
    window = plan("New card reader", checkout)
    window.start(by=ANN)
    window.complete(by=ANN)
    put_on_shelf()
    whole, found = ask("/status/search"), ask("/status/search", "q=CARD+checkout")
    assert (whole.status, found.status) == (200, 200)
    body = found.body.decode()
    assert "2 entries hold “CARD checkout”" in body
    assert "Cards &lt;refused&gt;</a>" in body
    assert f'href="/status/maintenance/{window.pk}">New card reader</a>' in body
    assert 'name="q" value="CARD checkout"' in body
    assert "for us" not in whole.body.decode()
    assert ask("/status/search", "q=CARD+checkout", if_none_match=found.headers["etag"]).status == 304
    assert client.get("/status/search?q=CARD+checkout").content == found.body
    shelf._fresh_until = 0.0
    assert b"out of date" in ask("/status/search", "q=card").body
    assert not shelf.held.marked
