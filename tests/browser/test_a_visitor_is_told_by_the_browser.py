"""The page's part of being told by the browser: the script subscribes it, the worker shows what is pushed.

The push service stands outside, so its part is played: what it would answer, and what it would deliver.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, expect

from tests.browser.conftest import ARGS, OpenPage
from tests.browser.watching import faults
from tests.product import Product

# The shell without a window has no notifications.
WHOLE = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# A browser's answer; the key is a point of the curve, as every browser's is.
ANSWERS = """
  Notification.requestPermission = async () => "granted";
  PushManager.prototype.subscribe = async () => {
    const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const p256dh = await crypto.subtle.exportKey("raw", pair.publicKey);
    const keys = { p256dh, auth: crypto.getRandomValues(new Uint8Array(16)).buffer };
    return { endpoint: "https://push.invalid/1", getKey: (name) => keys[name] };
  };
"""
TOLD = {"title": "Investigating: Checkout fails", "body": "We look.", "url": "/status", "tag": "incident-1"}
SHOWN = """() => navigator.serviceWorker.getRegistration("/status/push/").then((worker) => worker.getNotifications())
  .then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url })))"""


def test_the_script_sends_what_the_browser_says_with_the_choice(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(ANSWERS)
    page.goto("/status/subscribe")
    page.get_by_label("When something begins, and when it is over").check()
    page.get_by_role("button", name="Tell me in this browser").click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert page.context.cookies() == []


def test_without_a_script_nothing_is_offered_that_does_not_work(open_page: OpenPage) -> None:
    page = open_page(js=False)
    page.goto("/status/subscribe")
    expect(page.get_by_role("button", name="Tell me in this browser")).to_be_hidden()


def test_the_form_has_no_barrier_while_the_button_is_there(open_page: OpenPage) -> None:
    page = open_page(width=320)
    page.goto("/status/subscribe")
    expect(page.get_by_role("button", name="Tell me in this browser")).to_be_visible()
    assert faults(page) == []


@pytest.fixture
def visitor(playwright: Playwright, product: Product) -> Iterator[BrowserContext]:
    """A visitor who lets the page show notifications."""
    if WHOLE is None:
        pytest.skip("no Chromium with notifications on this machine")
    browser = playwright.chromium.launch(executable_path=WHOLE, args=["--headless=new", *ARGS])
    context = browser.new_context(base_url=product.base)
    context.grant_permissions(["notifications"], origin=product.base)
    yield context
    browser.close()


def _registered(page: Page) -> tuple[CDPSession, str]:
    """Have the page register its worker, and return its number."""
    session, found = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    page.get_by_role("button", name="Tell me in this browser").click()
    # No push service answers here, and the page says so.
    expect(page.get_by_text("This browser could not be subscribed.")).to_be_visible()
    return session, found[-1]["registrationId"]


def test_the_worker_shows_what_is_pushed(visitor: BrowserContext, product: Product) -> None:
    page = visitor.new_page()
    page.goto("/status/subscribe")
    session, number = _registered(page)
    pushed = {"origin": product.base, "registrationId": number, "data": json.dumps(TOLD)}
    session.send("ServiceWorker.deliverPushMessage", pushed)
    page.wait_for_function(f"async () => (await ({SHOWN})()).length > 0")
    assert page.evaluate(SHOWN) == [TOLD]
