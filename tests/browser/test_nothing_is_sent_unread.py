"""Enter never publishes, a status button waits to be read, a note moves nothing, and signing out leaves no draft."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import APIRequestContext, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.product import Product

both = pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])


@pytest.fixture
def identified(api: APIRequestContext) -> str:
    found = api.get("incidents?status=identified").json()["results"][0]["id"]
    return f"/console/incidents/{found}/"


@both
def test_enter_in_the_title_previews(js: bool, open_page: OpenPage) -> None:
    page = open_page("operator", js=js)
    page.goto("/console/incidents/declare/")
    page.get_by_label("Title").fill("Half a title")
    page.get_by_label("Title").press("Enter")
    expect(page.locator("#preview")).to_contain_text("Half a title")
    expect(page).to_have_url(re.compile("/declare/$"))


@both
def test_a_status_button_leaves_the_words_to_people(js: bool, open_page: OpenPage, identified: str) -> None:
    page = open_page("operator", js=js)
    page.goto(identified)
    page.get_by_role("link", name="Monitoring…").click()
    expect(page.get_by_label("What is new")).to_have_value("")
    expect(page.get_by_label("What is new")).to_have_attribute("placeholder", re.compile("For example"))
    expect(page.locator("#update_status")).to_have_value("monitoring")


def test_what_was_typed_stays_when_a_status_is_chosen(open_page: OpenPage, identified: str) -> None:
    page = open_page("operator")
    page.goto(identified)
    page.get_by_label("What is new").fill("We watch it.")
    page.get_by_role("link", name="Monitoring…").click()
    expect(page.get_by_label("What is new")).to_have_value("We watch it.")
    expect(page.locator("#update_status")).to_have_value("monitoring")


def test_a_note_has_neither_status_nor_promise(open_page: OpenPage, identified: str) -> None:
    page = open_page("operator")
    page.goto(identified)
    page.locator("#update input[value=no]").check()
    for field in ("#update_status", "#update_estimated_resolution"):
        expect(page.locator(field)).to_be_disabled()
    page.locator("#update input[value=yes]").check()
    expect(page.locator("#update_status")).to_be_enabled()


def test_signing_out_leaves_no_draft(open_page: OpenPage, product: Product) -> None:
    page = open_page()
    sign_in(page, "operator", product.passwords["operator"])
    page.goto("/console/incidents/declare/")
    page.get_by_label("Title").fill("Not for the next one")
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in**")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft'))") == []


def test_one_escape_closes_the_palette(open_page: OpenPage) -> None:
    page = open_page("operator")
    page.goto("/console/")
    page.get_by_role("button", name="Go to").click()
    page.keyboard.type("check")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_needs_a_script_is_not_shown_without_one(open_page: OpenPage) -> None:
    page = open_page("operator", js=False)
    page.goto("/console/")
    page.locator(".user-menu summary").click()
    for name in ("Go to", "Theme", "Keyboard shortcuts"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
