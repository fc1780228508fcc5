"""Pages that could not ask from time to time change all the same: the stream tells them."""

from __future__ import annotations

from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.public import PATIENCE

# Whoever wants to wait for ten seconds or longer waits for ever.
NO_POLLING = """
const wait = window.setTimeout;
window.setTimeout = (act, time, ...rest) => time >= 10000 ? 0 : wait(act, time, ...rest);
window.setInterval = () => 0;
"""


def open_without_polling(page: Page, address: str, stream: str) -> None:
    """Open a page, and wait until its stream stands."""
    page.add_init_script(NO_POLLING)
    with page.expect_response(f"**/api/v1/stream/{stream}") as answer:
        page.goto(address)
    assert answer.value.status == 200


def test_the_public_page_changes_when_something_is_said(open_page: OpenPage, api: APIRequestContext) -> None:
    page = open_page()
    open_without_polling(page, "/status", "public")
    page.evaluate("document.body.dataset.mine = 'same document'")
    made = api.post("incidents", data={"title": "Heard by stream", "severity": "low", "body": "We look."}).json()
    expect(page.locator("#open")).to_contain_text("Heard by stream", timeout=PATIENCE * 1000)
    assert page.evaluate("document.body.dataset.mine") == "same document"
    api.post(f"incidents/{made['id']}/resolve", data={"message": "Done."})
    expect(page.locator("#past")).to_contain_text("Heard by stream", timeout=PATIENCE * 1000)


def test_the_console_changes_when_somebody_else_acts(open_page: OpenPage, api: APIRequestContext) -> None:
    made = api.post("incidents", data={"title": "Worked on by two", "severity": "low", "public": False}).json()
    page = open_page("operator")
    open_without_polling(page, f"/console/incidents/{made['id']}", "admin")
    api.post(f"incidents/{made['id']}/updates", data={"message": "Said elsewhere.", "public": False})
    expect(page.locator("#incident-timeline")).to_contain_text("Said elsewhere.", timeout=PATIENCE * 1000)
    api.post(f"incidents/{made['id']}/resolve", data={"message": "Done."})


def test_a_form_in_use_is_left_alone(open_page: OpenPage, api: APIRequestContext) -> None:
    made = api.post("incidents", data={"title": "Typed upon", "severity": "low", "public": False}).json()
    page = open_page("operator")
    open_without_polling(page, f"/console/incidents/{made['id']}", "admin")
    field = page.locator("#update textarea").first
    field.fill("Half a sentence")
    api.post(f"incidents/{made['id']}/updates", data={"message": "Said elsewhere.", "public": False})
    expect(page.locator("#incident-timeline")).to_contain_text("Said elsewhere.", timeout=PATIENCE * 1000)
    expect(field).to_have_value("Half a sentence")
    api.post(f"incidents/{made['id']}/resolve", data={"message": "Done."})
