"""The message stands beside the form before it goes, the button counts whom it reaches, ten seconds take it back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import APIRequestContext, expect

from tests.browser.conftest import OpenPage

both = pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
COUNTED = re.compile(r"Post update and tell [\d,]+ recipients?")


@pytest.fixture
def incident(api: APIRequestContext) -> str:
    """Return the address of an open public incident."""
    found = api.get("incidents?status=identified").json()["results"]
    return f"/console/incidents/{next(one['id'] for one in found if one['public'])}/"


@both
def test_an_update_is_shown_as_the_mail_that_goes(js: bool, open_page: OpenPage, incident: str) -> None:
    page = open_page("operator", js=js)
    page.goto(incident)
    title = page.locator("h1").inner_text().split("\n")[0].strip()
    page.get_by_label("What is new").fill("We have found **the cause**.")
    page.locator("#update").get_by_role("button", name="Preview").click()
    shown = page.locator("#update-preview .announcement")
    expect(shown).to_contain_text(f"Update: {title.removesuffix(' Public')}")
    expect(shown.locator(".letter strong")).to_have_text("the cause")
    expect(page.locator("#update").get_by_role("button", name=COUNTED)).to_be_visible()


def test_a_note_is_counted_anew_as_soon_as_it_is_one(open_page: OpenPage, incident: str) -> None:
    page = open_page("operator")
    page.goto(incident)
    before = page.locator("#update-tells").inner_text()
    page.locator("#update input[value=no]").check()
    expect(page.locator("#update-tells")).not_to_have_text(before)


@both
def test_a_message_can_be_taken_back(js: bool, open_page: OpenPage, incident: str) -> None:
    page = open_page("operator", js=js)
    page.goto(incident)
    page.get_by_label("What is new").fill(f"Sent too early, {'with' if js else 'without'} a script.")
    page.locator("#update").get_by_role("button", name=COUNTED).click()
    page.get_by_role("button", name="Undo: send nothing").click()
    expect(page.locator("#messages")).to_contain_text("Nothing is sent.")
    expect(page.get_by_role("button", name="Undo: send nothing")).to_have_count(0)
    expect(page.locator(".timeline").first).to_contain_text("Sent too early")


@both
def test_quietly_is_a_button_of_its_own(js: bool, open_page: OpenPage, api: APIRequestContext, incident: str) -> None:
    page = open_page("operator", js=js)
    page.goto(incident)
    page.get_by_label("What is new").fill(f"Hardly worth a mail, {'with' if js else 'without'} a script.")
    page.get_by_role("button", name="Post quietly").click()
    expect(page.locator(".timeline").first).to_contain_text("Hardly worth a mail")
    assert api.get("audit?kind=INCIDENT_UPDATE_POSTED&limit=1").json()["results"][0]["data"]["quiet"] is True


@both
def test_planning_shows_the_message_too(js: bool, open_page: OpenPage) -> None:
    page = open_page("operator", js=js)
    page.goto("/console/maintenance/plan/")
    page.get_by_label("Title").fill("New storage")
    page.locator("input[name=services]").first.check()
    page.locator("main").get_by_role("button", name="Preview").click()
    expect(page.locator("#preview .letter-heading")).to_have_text("Planned maintenance: New storage")
