"""A site of somebody else, with a strict policy of its own, includes the banner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.product import Product
from tests.target import answering

WELL = {"name": "Example", "status": "operational", "headline": "All is well", "incidents": [], "maintenance": []}
CORS = {"Access-Control-Allow-Origin": "*"}


@pytest.fixture
def site(browser: Browser, full: Product) -> Iterator[Page]:
    """A page of another origin whose policy allows the script and its data, and no style at all."""
    script = f'<script src="{full.base}/status/widget.js" async></script>'
    with answering() as target:
        target.body = f"<!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1></main>{script}"
        policy = f"default-src 'none'; script-src {full.base}; connect-src {full.base}"
        target.headers = {"Content-Type": "text/html", "Content-Security-Policy": policy}
        context = browser.new_context(base_url=target.url, viewport={"width": 1280, "height": 800}, bypass_csp=False)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
        context.close()
    assert said == []


def test_it_tells_what_is_wrong_and_goes_when_told_to(site: Page, full: Product) -> None:
    site.goto("/")
    banner = site.get_by_role("status")
    expect(banner).to_contain_text("Details")
    assert str(banner.get_by_role("link").get_attribute("href")).startswith(f"{full.base}/status/")
    box = banner.bounding_box()
    assert box
    assert (box["width"], round(box["y"] + box["height"])) == (1280, 800)
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_be_empty()
    with site.expect_response("**/status/widget.json"):
        site.reload()
    expect(site.get_by_role("status")).to_be_empty()
    assert site.context.cookies() == []


def test_it_is_silent_while_all_is_well_and_can_be_read_at_night(site: Page) -> None:
    site.route("**/status/widget.json", lambda route: route.fulfill(json=WELL, headers=CORS))
    with site.expect_response("**/status/widget.json"):
        site.goto("/")
    expect(site.get_by_role("status")).to_be_empty()
    site.unroute("**/status/widget.json")
    site.emulate_media(color_scheme="dark")
    site.set_viewport_size({"width": 320, "height": 600})
    site.reload()
    expect(site.get_by_role("status")).to_contain_text("Details")
