"""Plan a window in the console, start it, and see its service in maintenance on the public page, and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.public import expect_published
from tests.browser.watching import faults

TITLES = {True: "Labels move to new printers", False: "Labels get a new layout"}


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_public_page_says_maintenance_while_it_is_under_way(js: bool, open_page: OpenPage) -> None:
    console, public, title = open_page("operator", js=js), open_page(js=js), TITLES[js]
    fill_in(console, title)
    console.get_by_role("button", name="Preview").click()
    expect(console.locator("#preview li").first).to_contain_text("04:00 UTC")
    console.locator("main").get_by_role("button", name="Plan maintenance").click()
    expect(console.get_by_role("heading", level=1)).to_contain_text(title)

    console.get_by_role("link", name="Start now…").click()
    if not js:
        console.locator("#start summary").click()
    console.get_by_role("button", name="Start maintenance").click()
    expect(console.locator(".timeline")).to_contain_text("The maintenance has started.")
    service = public.locator("#s-shipping-labels")
    expect_published(public, "/status", service.filter(has_text="Maintenance"))

    console.get_by_role("link", name="Complete…").click()
    if not js:
        console.locator("#complete summary").click()
    console.get_by_role("button", name="Complete maintenance").click()
    expect(console.get_by_text("The maintenance is completed").first).to_be_visible()
    expect_published(public, "/status", service.filter(has_text="Operational"))


def test_the_form_and_its_pages_have_no_barrier(open_page: OpenPage) -> None:
    page = open_page("operator", bad={400})
    fill_in(page, "Weekly restart")
    page.get_by_text("Repeats", exact=True).first.click()
    page.get_by_label("Repeats", exact=True).select_option("weekly")
    page.get_by_label("End", exact=True).fill("2020-01-01T00:00")
    page.locator("main").get_by_role("button", name="Plan maintenance").click()
    expect(page.locator(".form-errors")).to_contain_text("A window ends after it starts.")
    assert faults(page) == []
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("A window ends after it starts.")
    assert faults(page) == []


def fill_in(page: Page, title: str) -> None:
    """Fill in the form: tomorrow from three to four, UTC, on shipping labels."""
    start = (datetime.now(UTC) + timedelta(days=1)).replace(hour=3, minute=0)
    page.goto("/console/maintenance/")
    page.get_by_role("link", name="Plan maintenance").first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label(re.compile("^Shipping labels")).check()
    page.get_by_label("Time zone").select_option("UTC")
    page.get_by_label("Start", exact=True).fill(f"{start:%Y-%m-%dT%H:%M}")
    page.get_by_label("End", exact=True).fill(f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}")
