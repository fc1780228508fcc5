from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.product import Product


@pytest.fixture
def incident(api: APIRequestContext) -> str:
    # The same declaration twice within seconds would be taken for one.
    body = {"title": f"Two editors {uuid4()}", "severity": "low", "public": False, "body": "As it was."}
    return str(api.post("incidents", data=body).json()["id"])


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_editors_see_both_texts(js: bool, open_page: OpenPage, api: APIRequestContext, incident: str) -> None:
    page = open_page("operator", js=js, bad={409})
    page.goto(f"/console/incidents/{incident}/edit/")
    api.patch(f"incidents/{incident}", data={"body": "What the other one wrote."})
    page.get_by_label("What is known").fill("What I wrote.")
    page.get_by_role("button", name="Save").click()
    both = page.get_by_role("alert")
    expect(both).to_contain_text("What the other one wrote.")
    expect(both).to_contain_text("What I wrote.")
    expect(page.get_by_label("What is known")).to_have_value("What I wrote.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Edited")


def test_a_refused_move_keeps_the_words(open_page: OpenPage, api: APIRequestContext, incident: str) -> None:
    page = open_page("operator", bad={409})
    page.goto(f"/console/incidents/{incident}/")
    page.locator("#resolve summary").click()
    page.get_by_label("Root cause").fill("A long story.")
    api.post(f"incidents/{incident}/resolve", data={"message": "I was faster."})
    page.get_by_role("button", name="Resolve incident").click()
    expect(page.get_by_role("alert")).to_contain_text("resolved")
    expect(page.get_by_label("Root cause")).to_have_value("A long story.")


def test_a_draft_survives_a_session_that_ended(open_page: OpenPage, product: Product, incident: str) -> None:
    page = open_page()
    sign_in(page, "operator", product.passwords["operator"])
    page.goto(f"/console/incidents/{incident}/")
    page.get_by_label("What is new").fill("A draft of some length.")
    page.context.clear_cookies(name="opstatus_session")
    page.get_by_role("button", name="Post update").click()
    page.wait_for_url("**/sign-in**")
    page.get_by_label("Username").fill("operator")
    page.get_by_label("Password").fill(product.passwords["operator"])
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(f"/console/incidents/{incident}/"))
    expect(page.get_by_label("What is new")).to_have_value("A draft of some length.")


def test_a_draft_survives_a_closed_tab(open_page: OpenPage) -> None:
    page = open_page("operator")
    page.goto("/console/incidents/declare/")
    page.get_by_label("Title").fill("Half a title")
    again = page.context.new_page()
    page.close()
    again.goto("/console/incidents/declare/")
    expect(again.get_by_label("Title")).to_have_value("Half a title")
    again.get_by_role("button", name="Discard it").click()
    expect(again.get_by_label("Title")).to_have_value("")


def test_a_draft_older_than_a_change_goes_over_nobody(
    open_page: OpenPage, api: APIRequestContext, incident: str
) -> None:
    page = open_page("operator", bad={409})
    page.goto(f"/console/incidents/{incident}/edit/")
    page.get_by_label("What is known").fill("What I wrote.")
    again = page.context.new_page()
    page.close()
    api.patch(f"incidents/{incident}", data={"body": "What the other one wrote.", "title": "Another title"})
    again.goto(f"/console/incidents/{incident}/edit/")
    expect(again.get_by_label("What is known")).to_have_value("What I wrote.")
    again.get_by_role("button", name="Save").click()
    expect(again.get_by_role("alert")).to_contain_text("What the other one wrote.")
    expect(again.get_by_label("What is known")).to_have_value("What I wrote.")
    expect(again.get_by_label("Title")).to_have_value("Another title")
