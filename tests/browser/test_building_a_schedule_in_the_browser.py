"""Build a schedule with and without a script, take over a shift, and find no barrier on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import faults

NAMES = {True: "Night watch", False: "Day watch"}


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_schedule_is_built_and_a_shift_taken_over(js: bool, open_page: OpenPage) -> None:
    page = open_page("operator", js=js)
    page.goto("/console/oncall/")
    page.get_by_role("link", name="New schedule").click()
    build(page, NAMES[js])
    if js:
        assert faults(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAMES[js])

    coming = page.locator(".shifts tr", has_text="Hanna").first
    coming.get_by_role("button", name=re.compile("^Take this shift")).click()
    expect(page.locator("#messages")).to_contain_text("It is your shift now.")
    expect(page.locator("#overrides")).to_contain_text("Tom Aldridge for Hanna")
    if js:
        assert faults(page) == []
    page.get_by_role("button", name=re.compile("^(Take it back|End it now)")).first.click()
    expect(page.locator("#overrides")).to_contain_text("Nobody stands in for anybody")


def build(page: Page, name: str) -> None:
    """Fill in the form: two people by weeks, seen in the preview before it is saved."""
    page.get_by_label("Name").first.fill(name)
    page.get_by_label("Layer 1, turn 1").select_option(label="Hanna Sørby")
    page.get_by_role("button", name="One more person").click()
    page.get_by_label("Layer 1, turn 2").select_option(label="Ravi Menon")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview li").first).to_contain_text(re.compile("Hanna|Ravi"))
    expect(page.get_by_label("Name").first).to_have_value(name)
    expect(page.get_by_label("Layer 1, turn 2")).to_have_value(re.compile("."))


def test_rows_of_a_draft_come_back_as_they_were(open_page: OpenPage) -> None:
    page = open_page("operator")
    page.goto("/console/oncall/schedules/new/")
    build(page, "Half a schedule")
    page.get_by_role("button", name="Add a layer").click()
    expect(page.get_by_label("Layer 2, turn 1")).to_be_visible()
    again = page.context.new_page()
    page.close()
    again.goto("/console/oncall/schedules/new/")
    expect(again.locator(".draft-note")).to_be_visible()
    expect(again.get_by_label("Name").first).to_have_value("Half a schedule")
    for turn, name in (("Layer 1, turn 1", "Hanna Sørby"), ("Layer 1, turn 2", "Ravi Menon")):
        expect(again.get_by_label(turn).locator("option:checked")).to_have_text(name)
    expect(again.get_by_label("Layer 2, turn 1")).to_be_visible()
    again.get_by_role("button", name="Discard it").click()
    expect(again.get_by_label("Layer 2, turn 1")).to_have_count(0)
    expect(again.get_by_label("Name").first).to_have_value("")
