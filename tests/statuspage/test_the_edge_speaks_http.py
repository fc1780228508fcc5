import gzip
from collections.abc import Callable

import brotli
import pytest

from services.models import Service
from tests.statuspage.conftest import Asker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(checkout: Service, put_on_shelf: Callable[[], None]) -> None:
    put_on_shelf()


def test_each_encoding_holds_the_same_page(ask: Asker) -> None:
    plain, zipped, packed = ask("/status"), ask("/status", accept_encoding="gzip"), ask("/status", accept_encoding="br")
    assert plain.body == gzip.decompress(zipped.body) == brotli.decompress(packed.body)
    assert [reply.headers.get("content-encoding") for reply in (plain, zipped, packed)] == [None, "gzip", "br"]
    assert len({reply.headers["etag"] for reply in (plain, zipped, packed)}) == 3
    for reply in (plain, zipped, packed):
        assert reply.headers["vary"] == "accept-encoding"
        assert reply.headers["content-length"] == str(len(reply.body))


def test_a_known_tag_gets_304_without_a_body(ask: Asker) -> None:
    first = ask("/status", accept_encoding="gzip")
    again = ask("/status", accept_encoding="gzip", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert again.headers["vary"] == "accept-encoding"
    assert not {"content-length", "content-type", "content-encoding"} & set(again.headers)
    assert ask("/status", if_none_match=first.headers["etag"]).status == 200


def test_head_says_what_get_would(ask: Asker) -> None:
    get, head = ask("/status"), ask("/status", method="HEAD")
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


def test_caches_may_keep_it_for_seconds_and_show_it_in_an_outage(ask: Asker) -> None:
    caching = ask("/status").headers["cache-control"]
    assert caching == "public, max-age=1, stale-while-revalidate=2, stale-if-error=86400"


@pytest.mark.parametrize("query", ["utm_source=mail", "month=2020-01", "%00", "a=" + "b" * 5000])
def test_a_query_that_means_nothing_is_ignored(ask: Asker, query: str) -> None:
    assert ask("/status", query).body == ask("/status").body


def test_a_slash_at_the_end_changes_nothing(ask: Asker) -> None:
    for path in ("/status", "/api/v1/status", "/api/v1/status/incidents", "/status/history"):
        assert ask(path + "/").body == ask(path).body


def test_rss_has_two_addresses(ask: Asker) -> None:
    assert ask("/api/v1/status/rss", "service=checkout-api").body == ask("/status/rss", "service=checkout-api").body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_djangos(ask: Asker, method: str) -> None:
    assert ask("/status", method=method).body == b"django"


@pytest.mark.parametrize("path", ["/console/", "/status/services/none", "/statusx", "//status", "/api/v1/services"])
def test_what_is_not_published_is_djangos(ask: Asker, path: str) -> None:
    assert ask(path).body == b"django"


def test_a_host_that_is_not_ours_is_djangos_to_refuse(ask: Asker) -> None:
    assert ask("/status", host="localhost:8000").status == 200
    assert ask("/status", host="evil.example").body == b"django"
    assert ask("/status", host="").body == b"django"


def test_only_short_values_of_a_header_are_remembered(ask: Asker) -> None:
    edge = ask.app
    for number in range(3):
        plain = ask("/status", accept_encoding="br," + "x" * 300 + str(number))
        assert (plain.status, plain.headers.get("content-encoding")) == (200, None)
        assert ask("/status", host="localhost:" + "0" * 300 + str(number)).body == b"django"
        assert ask("/", host="x" * 300 + str(number)).body == b"django"
    assert not any(len(value) > 256 for value in (*edge._codings, *edge._known_hosts))


def test_so_many_values_of_a_header_are_remembered_and_no_more(ask: Asker) -> None:
    for number in range(1_100):
        ask("/status", accept_encoding=f"br,x{number}", host=f"x{number}.example")
        ask("/status", accept_encoding=f"br,x{number}")
    assert len(ask.app._codings) <= 1_000
    assert len(ask.app._known_hosts) <= 1_000


def test_pages_may_not_be_framed_and_badges_may(ask: Asker) -> None:
    page, badge = ask("/status"), ask("/status/badge.svg")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors" not in badge.headers["content-security-policy"]
    assert badge.headers["content-type"] == "image/svg+xml"
    assert badge.headers["access-control-allow-origin"] == "*"


def test_json_answers_carry_a_request_id(ask: Asker) -> None:
    assert ask("/api/v1/status", x_request_id="mine-1").headers["x-request-id"] == "mine-1"
    assert ask("/api/v1/status", x_request_id="<script>").headers["x-request-id"] != "<script>"


def test_the_root_sends_strangers_to_the_page_and_asks_django_about_operators(ask: Asker) -> None:
    away = ask("/")
    assert (away.status, away.headers["location"]) == (302, "/status")
    assert ask("/", cookie="opstatus_session=x").body == b"django"


@pytest.mark.parametrize(("days", "answered"), [("1", True), ("365", True), ("0", False), ("366", False), ("x", False)])
def test_incidents_of_any_number_of_days_come_from_memory(ask: Asker, days: str, answered: bool) -> None:
    assert (ask("/api/v1/status/incidents", f"days={days}").status == 200) is answered


def test_ninety_days_are_the_default(ask: Asker) -> None:
    assert ask("/api/v1/status/incidents").body == ask("/api/v1/status/incidents", "days=90").body
