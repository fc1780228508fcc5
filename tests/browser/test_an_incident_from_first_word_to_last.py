"""Sign in, declare, update, resolve, and see it on the public page at each step; with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.public import expect_published
from tests.product import Product

TITLES = {True: "Invoices are sent twice", False: "Invoices arrive empty"}


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_it_is_public_at_each_step(js: bool, open_page: OpenPage, product: Product) -> None:
    console, public, title = open_page(js=js), open_page(js=js), TITLES[js]
    sign_in(console, "operator", product.passwords["operator"])

    declare(console, title)
    expect(console.get_by_role("heading", level=1)).to_contain_text(title)
    incident = public.locator("#open article").filter(has_text=title)
    expect_published(public, "/status", incident)
    expect(incident).to_contain_text("Investigating")
    expect(incident).to_contain_text("We look into it.")
    expect(public.locator("#s-invoices")).to_contain_text("Partial outage")

    update(console)
    expect(console.locator(".timeline").first).to_contain_text("A job ran twice.")
    expect_published(public, "/status", incident.filter(has_text="Identified"))
    expect(incident).to_contain_text("A job ran twice.")

    resolve(console)
    expect_published(public, "/status", public.locator("#past li").filter(has_text=title))
    expect(incident).to_have_count(0)
    expect(public.locator("#s-invoices")).to_contain_text("Operational")
    public.get_by_role("link", name=title).first.click()
    expect(public.get_by_role("heading", level=1)).to_have_text(title)
    expect(public.locator("#updates li").first).to_contain_text("All invoices are right.")


def declare(page: Page, title: str) -> None:
    page.get_by_role("link", name="Declare incident").first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("SEV2").check()
    page.get_by_label(re.compile("^Invoices")).check()
    page.get_by_label("What is known").fill("We look *into* it.")
    page.locator("main").get_by_role("button", name="Declare incident").click()


def update(page: Page) -> None:
    page.get_by_label("What is new").fill("A job ran twice.")
    page.get_by_label("Status").select_option("identified")
    page.get_by_role("button", name="Post update").click()


def resolve(page: Page) -> None:
    page.locator("#resolve summary").click()
    page.get_by_label("What to tell the public").fill("All invoices are right.")
    page.get_by_label("Root cause").fill("The job's lock ran out.")
    page.get_by_role("button", name="Resolve incident").click()
    expect(page.get_by_text("The job's lock ran out.").first).to_be_visible()
