"""Whoever reads the log can act for nobody: secrets in addresses, and what was typed into them, are left out."""

from __future__ import annotations

import json
import logging
import logging.config
import re
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from structlog.testing import capture_logs

from branding.languages import IN_ADDRESS
from config.logs import logging_settings
from config.request_log import OPENING
from notifications import links
from notifications.kinds import Way
from notifications.links import Reader

pytestmark = pytest.mark.django_db
VERA = Reader(Way.EMAIL, "vera@example.org").token()
PING = "nF3k_0aZt-" * 4 + "xyz"
RESET = "c9x2ab-0123456789abcdef0123456789abcdef"
PK = "00000000-0000-4000-8000-000000000000"


def told(client: Client, method: str, address: str) -> list[str]:
    """Return what the log says was asked for."""
    with capture_logs() as lines:
        client.generic(method, address)
    return [line["request"] for line in lines if line["event"] in ("request_started", "request_finished")]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (f"/status/subscriptions/{VERA}", "/status/subscriptions/…"),
        (f"/status/subscriptions/{VERA}/leave", "/status/subscriptions/…/leave"),
        (f"/status/subscriptions/{VERA}/rotate", "/status/subscriptions/…/rotate"),
        (f"/status/subscriptions/{VERA}/end/{PK}", f"/status/subscriptions/…/end/{PK}"),
        (f"/status/subscribe/confirm/{PING}", "/status/subscribe/confirm/…"),
        (f"/status/de/subscriptions/{VERA}", "/status/de/subscriptions/…"),
        (f"/ping/{PING}", "/ping/…"),
        (f"/ping/{PING}/fail", "/ping/…/fail"),
        (f"/oncall/calendar/{PING}.ics", "/oncall/calendar/…"),
        (f"/oncall/verify/{PING}", "/oncall/verify/…"),
        (f"/console/password/reset/MTIz/{RESET}", "/console/password/reset/…/…"),
        (f"/console/invitation/{VERA}", "/console/invitation/…"),
        (f"/status/subscriptions/{VERA}).", "/status/subscriptions/…"),
        (f"/ping/{PING}/failed", "/ping/…/failed"),
        ("/console/subscribers/?q=vera@example.org", "/console/subscribers/"),
        ("/no/such%0Apage?q=1", "/no/such%0Apage"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_is_logged_without_what_opens_anything(client: Client, method: str, address: str, kept: str) -> None:
    assert told(client, method, address) == [f"{method} {kept}"] * 2


def test_a_fault_is_logged_so_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_token: str) -> None:
        raise RuntimeError("It broke.")

    monkeypatch.setattr("notifications.public.managing.read", broken)
    client.raise_request_exception = False
    with capture_logs() as lines:
        client.get(f"/status/subscriptions/{VERA}")
    assert [line["request"] for line in lines if line["event"] == "request_failed"] == ["GET /status/subscriptions/…"]
    assert links.read(VERA) is not None


def test_a_refusal_of_djangos_own_is_logged_so_too(lines: list[str]) -> None:
    Client(enforce_csrf_checks=True).post(f"/console/password/reset/MTIz/{RESET}?of=vera@example.org")
    (line,) = map(json.loads, lines)
    assert line["event"] == "Forbidden (CSRF cookie not set.): /console/password/reset/…/…"
    assert line["request"] == "POST /console/password/reset/…/…"


def test_each_text_in_an_address_is_known_to_open_something_or_not() -> None:
    harmless = {
        "pk",
        "slug",
        "kind",
        "language",
        "format",
        "id",
        "app_label",
        "content_type_id",
        "object_id",
        "url",
        "override",
    }
    assert set(parts(get_resolver())) - OPENING - harmless == set()


@pytest.mark.parametrize("file", ["deploy/nginx/opstatus.conf", "docs/operations.md"])
def test_a_proxy_in_front_is_told_to_keep_none_of_them_either(file: str) -> None:
    [kept_out] = re.findall(r"location ~ \^/\((ping\|[^)]+)\)", (settings.BASE_DIR / file).read_text())
    opening = list(routes(get_resolver()))
    assert len(opening) > 10
    assert [route for route in opening if not re.match(rf"({kept_out})/", route)] == []


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the handler of the settings writes of Django's refusals."""
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Kept()
    shape = logging_settings("INFO", "json")
    form = shape["formatters"]["lines"]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=form["foreign_pre_chain"], processors=form["processors"])
    )
    make = logging.config.DictConfigurator(shape)
    for name in shape["handlers"]["stderr"]["filters"]:
        handler.addFilter(make.configure_filter(shape["filters"][name]))
    logger = logging.getLogger("django.security")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Walk the addresses that hold what opens something."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif OPENING & entry.pattern.regex.groupindex.keys():
            yield from (route.replace(IN_ADDRESS, language) for language in ("", "de/"))


def parts(resolver: URLResolver) -> Iterator[str]:
    """Walk the names of what the URL map reads from addresses."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield from entry.pattern.regex.groupindex
        else:
            yield from entry.pattern.regex.groupindex
            yield from parts(entry)
