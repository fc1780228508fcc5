from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIRequestContext, Page, Request, expect

from tests.browser.conftest import OpenPage
from tests.browser.public import expect_published, show_first_view, weight_of_first_view
from tests.product import Product

HALF_A_MINUTE = 31_000
BUDGET = 15 * 1024


def test_the_first_view_is_light_and_leaves_no_cookie(open_page: OpenPage, full: Product) -> None:
    page = open_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto("/status", wait_until="networkidle")
    assert len(requests) <= 4
    besides = [request.sizes()["responseBodySize"] for request in requests if not request.is_navigation_request()]
    assert len(besides) == len(requests) - 1
    assert weight_of_first_view(full) + sum(besides) <= BUDGET
    assert page.context.cookies() == []


@pytest.fixture
def webhooks(api: APIRequestContext) -> Iterator[str]:
    """Where to set the status of a service; afterwards it is as it was."""
    service = api.get("services?search=webhooks").json()["results"][0]["id"]
    yield f"services/{service}/status"
    api.post(f"services/{service}/status", data={"status": None})


def test_it_renews_itself_and_keeps_what_is_open(open_page: OpenPage, api: APIRequestContext, webhooks: str) -> None:
    page, other = open_page(), open_page()
    page.clock.install()
    page.goto("/status")
    outages = page.locator("#s-checkout details")
    outages.locator("summary").click()
    page.evaluate("document.body.dataset.mine = 'same document'")

    api.post(webhooks, data={"status": "degraded", "message": "Senders are slow."})
    expect_published(other, "/status", other.get_by_text("Senders are slow."))
    page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator("#s-webhooks")).to_contain_text("Senders are slow.")
    expect(page.locator("#announcer")).to_contain_text("Webhooks: Degraded")
    expect(outages).to_have_attribute("open", "")
    assert page.evaluate("document.body.dataset.mine") == "same document"

    api.post(webhooks, data={"status": None})
    expect_published(other, "/status", other.locator("#s-webhooks").filter(has_text="Operational"))


def test_it_says_so_when_it_cannot_be_renewed(open_page: OpenPage) -> None:
    page, line = open_page(bad={0}), "#updated"
    page.clock.install()
    page.goto("/status")
    page.route("**/status", lambda route: route.abort())
    page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator(line)).to_have_text(re.compile("^No connection. This is the state of .+ ago.$"))
    expect(page.locator(line)).to_contain_class("stale")
    page.unroute("**/status")
    page.clock.run_for(HALF_A_MINUTE)
    # How much of the pushed time is over when the answer comes differs.
    expect(page.locator(line)).to_have_text(re.compile("^Page checked (just now|[0-9]+ s ago)$"))
    expect(page.locator(line)).not_to_contain_class("stale")


def test_what_is_old_when_it_comes_is_not_called_new(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.install()
    page.goto("/status")
    page.route("**/status", lambda route: route.fulfill(status=304, headers={"Age": "240"}))
    page.clock.run_for(HALF_A_MINUTE)
    expect(page.locator("#updated")).to_have_text("Page checked 4 min ago")


def test_times_are_in_the_zone_of_the_visitor_and_named(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/status")
    time = page.locator("#open time").first
    expect(time).to_contain_text("ago")
    assert time.get_attribute("datetime")


def test_the_state_is_told_by_title_heading_and_icon(open_page: OpenPage, full: Product) -> None:
    page = open_page()
    show_first_view(page, full)
    heading = page.get_by_role("heading", level=1).inner_text()
    assert page.title().startswith(heading)
    assert "partial_outage" in str(page.locator("link[rel=icon]").get_attribute("href"))


def test_every_link_of_the_page_leads_somewhere(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/status")
    assert broken(page) == []


def broken(page: Page) -> list[str]:
    """Return the page's own links that answer with anything but 200."""
    links = page.locator("a[href^='/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [link for link in sorted(set(links)) if page.request.get(link).status != 200]
