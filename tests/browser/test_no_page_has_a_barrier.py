"""axe-core, the browser's log and what does not fit: every page, wide and light, narrow and dark, full and empty."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIRequestContext, Page

from tests.browser.conftest import OpenPage
from tests.browser.pages import Known, Place, opened, places
from tests.browser.watching import faults


@pytest.mark.parametrize("place", places(), ids=str)
def test_with_the_demo(place: Place, go_on: Callable[[str], Page], rows: Known) -> None:
    page = go_on("" if place.is_public else "admin")
    if opened(page, place.address(rows)):
        assert faults(page) == []


@pytest.mark.parametrize(
    "address",
    [
        "/console/incidents/?status=resolved",
        "/console/incidents/?q=no-such-thing",
        "/console/services/?q=no-such-thing",
        "/console/search?q=checkout",
        "/console/search?q=no-such-thing",
        "/console/activity/?kind=INCIDENT_CREATED",
        "/status/services/sandbox",
    ],
)
def test_filtered_and_found(address: str, go_on: Callable[[str], Page]) -> None:
    page = go_on("admin")
    page.goto(address)
    assert faults(page) == []


@pytest.mark.parametrize("status", ["investigating", "resolved"])
def test_incidents_in_every_state(status: str, open_page: OpenPage, api: APIRequestContext) -> None:
    incident = api.get(f"incidents?status={status}&public=true").json()["results"][0]["id"]
    for user, address in (("operator", f"/console/incidents/{incident}/"), ("", f"/status/incidents/{incident}")):
        page = open_page(user)
        page.goto(address)
        assert faults(page) == []


@pytest.mark.parametrize(("user", "address"), [("", "/status/nowhere"), ("operator", "/console/nowhere/")])
def test_where_nothing_is(user: str, address: str, open_page: OpenPage) -> None:
    page = open_page(user, bad={404})
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    assert faults(page) == []


@pytest.mark.parametrize(
    "address", ["/console/incidents/declare/", "/console/services/new/", "/console/accounts/keys/new/"]
)
def test_forms_that_are_sent_empty(address: str, open_page: OpenPage) -> None:
    page = open_page("admin", bad={400})
    page.goto(address)
    send_unchecked(page)
    assert page.locator("[aria-invalid=true]").count() > 0
    assert urlsplit(page.url).path == address
    assert faults(page) == []


def send_unchecked(page: Page) -> None:
    """Send the page's form past the browser's own checks."""
    form = page.locator("main form[method=post]:not(.clocks)").first
    form.evaluate("form => { form.noValidate = true }")
    form.locator("[type=submit]:not([name=preview])").first.click()
    page.wait_for_load_state()
