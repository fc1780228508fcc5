from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.keys import press, tab_to, type_into, unseen_stops
from tests.product import Product


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page("operator")
    page.goto("/console/")
    return page


@pytest.fixture
def incident(api: APIRequestContext) -> str:
    """The address of a new incident, internal so that nothing else moves."""
    body = {"title": f"Keys only {uuid4()}", "severity": "low", "public": False}
    return f"/console/incidents/{api.post('incidents', data=body).json()['id']}/"


def test_sign_in(open_page: OpenPage, product: Product) -> None:
    page = open_page()
    page.goto("/console/")
    type_into(page, page.get_by_label("Username"), "viewer")
    type_into(page, page.get_by_label("Password"), product.passwords["viewer"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/console/$"))


def test_skip_the_menus(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_declare_an_incident(page: Page) -> None:
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/declare/$"))
    type_into(page, page.get_by_label("Title"), "Declared by keys")
    tab_to(page, page.get_by_label("SEV3"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("SEV4")).to_be_checked()
    tab_to(page, page.locator("input[name=public]").first)
    page.keyboard.press("ArrowDown")
    press(page, page.locator("main").get_by_role("button", name="Declare incident"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Declared by keys")


def test_whoever_acknowledges_an_incident_has_it(page: Page, incident: str) -> None:
    page.goto(incident)
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Acknowledge")).to_have_count(0)
    expect(page.locator(".now-line").first).to_contain_text("Tom Aldridge")


def test_write_a_note(page: Page, incident: str) -> None:
    page.goto(incident)
    type_into(page, page.get_by_label("What is new"), "Written without a mouse.")
    tab_to(page, page.locator("#update input[name=public]").first)
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Post update"))
    expect(page.locator(".timeline").first).to_contain_text("Written without a mouse.")


def test_post_an_update_to_the_public(page: Page, api: APIRequestContext) -> None:
    told = api.post("incidents", data={"title": f"Told by keys {uuid4()}", "severity": "low", "body": "We look."})
    page.goto(f"/console/incidents/{told.json()['id']}/")
    type_into(page, page.get_by_label("What is new"), "Said without a mouse.")
    press(page, page.get_by_role("button", name="Post update"))
    expect(page.locator(".timeline").first).to_contain_text("Said without a mouse.")
    api.post(f"incidents/{told.json()['id']}/resolve", data={"message": "Over."})


def test_resolve_an_incident(page: Page, incident: str) -> None:
    page.goto(incident)
    page.keyboard.press("r")
    expect(page.get_by_label("What to tell the public")).to_be_focused()
    type_into(page, page.get_by_label("Root cause"), "A missing key.")
    press(page, page.get_by_role("button", name="Resolve incident"))
    expect(page.get_by_text("A missing key.").first).to_be_visible()


def test_set_the_status_of_a_service(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("s")
    press(page, page.get_by_role("link", name="Sandbox"))
    state = page.locator("#status-heading")
    # A window of the demo is under way on it.
    for choice, shown in (("Degraded", "Degraded"), ("Derived", "Maintenance|Operational")):
        press(page, page.locator("summary", has_text="Set the status by hand"))
        tab_to(page, page.locator("main details[open] select[name=status]"))
        page.keyboard.type(choice)
        press(page, page.get_by_role("button", name="Set status"))
        expect(state).to_have_text(re.compile(shown))


def test_plan_maintenance(page: Page) -> None:
    page.goto("/console/maintenance/plan/")
    type_into(page, page.get_by_label("Title"), "Planned by keys")
    for name, time in (("Start", "0300AM"), ("End", "0400AM")):
        type_into(page, page.get_by_label(name, exact=True), "01012031")
        # A year may have six digits, so the browser waits for more.
        page.keyboard.press("ArrowRight")
        page.keyboard.type(time)
    tab_to(page, page.get_by_label(re.compile("^Shipping labels")))
    page.keyboard.press("Space")
    press(page, page.locator("main").get_by_role("button", name="Plan maintenance"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Planned by keys")


def test_subscribe(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/status")
    type_into(page, page.locator("#subscribe").get_by_label("Email address"), "keys@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()


def test_make_a_key(open_page: OpenPage) -> None:
    page = open_page("admin")
    page.goto("/console/accounts/keys/new/")
    type_into(page, page.get_by_label("Name"), "Made by keys")
    tab_to(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    press(page, page.locator("main").get_by_role("button", name="Make"))
    expect(page.get_by_label("Key of “Made by keys”")).to_be_visible()


def test_find_something_with_the_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("parcel")
    expect(page.locator(".palette-list a").first).to_contain_text("Parcel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Parcel")


def test_shortcuts_are_listed_and_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Declare incident")
    press(page, dialog.get_by_label("Use single-key shortcuts"), "Space")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/console/$"))


def test_sign_out(open_page: OpenPage, product: Product) -> None:
    # A page that opens its stream while its session ends is refused.
    page = open_page(bad={401})
    page.goto("/console/")
    type_into(page, page.get_by_label("Username"), "viewer")
    type_into(page, page.get_by_label("Password"), product.passwords["viewer"])
    page.keyboard.press("Enter")
    press(page, page.locator(".user-menu summary"))
    press(page, page.get_by_role("button", name="Sign out"))
    expect(page).to_have_url(re.compile("/sign-in"))


@pytest.mark.parametrize("address", ["/console/", "/console/incidents/declare/", "/console/services/", "/status"])
def test_the_focus_is_always_seen(page: Page, address: str) -> None:
    page.goto(address)
    assert unseen_stops(page) == []
