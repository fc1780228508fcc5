"""Menus, dialogs and previews, once they are open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import RULES, violations


def menu(page: Page) -> None:
    page.locator(".user-menu summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def palette(page: Page) -> None:
    page.get_by_role("button", name="Go to").click()
    page.keyboard.type("check")
    expect(page.locator(".palette-list a").first).to_be_visible()


def shortcuts(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("opened", [menu, palette, shortcuts], ids=lambda opened: str(opened.__name__))
def test_of_the_frame(opened: Callable[[Page], None], open_page: OpenPage) -> None:
    page = open_page("operator")
    page.goto("/console/")
    opened(page)
    assert violations(page) == []


def test_the_narrow_menu(open_page: OpenPage) -> None:
    page = open_page("operator", width=320)
    page.goto("/console/")
    page.locator(".narrow-nav summary").click()
    expect(page.locator(".narrow-nav").get_by_role("link", name="Services")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".narrow-nav summary")).to_be_focused()


def test_the_forms_of_an_incident(open_page: OpenPage, api: APIRequestContext) -> None:
    page = open_page("operator")
    incident = api.get("incidents?status=identified").json()["results"][0]["id"]
    page.goto(f"/console/incidents/{incident}/")
    page.get_by_role("link", name="Resolve").click()
    page.get_by_label("What is new").fill("**Soon** back.")
    page.locator("#update").get_by_role("button", name="Preview").click()
    expect(page.locator("#update-preview .preview strong")).to_have_text("Soon")
    assert violations(page) == []


@pytest.mark.parametrize("look", ["forced colours", "printed"])
def test_other_ways_to_look_at_the_page(look: str, open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/status")
    page.emulate_media(forced_colors="active") if look == "forced colours" else page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations(page, [rule for rule in RULES if rule != "best-practice"]) == []
