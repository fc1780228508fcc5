from __future__ import annotations

import re

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.mailbox import mail_to, text_of
from tests.browser.public import expect_published
from tests.browser.watching import faults
from tests.product import Product

ONCE = "Parcels cannot be followed"


def link(text: str, part: str) -> str:
    """Return the link in a mail that leads to a page whose address holds ``part``."""
    found: list[str] = re.findall(r"http\S+", text)
    return next(url for url in found if part in url)


def subscribe(page: Page, product: Product, address: str) -> None:
    """Fill in the form of the page, and say yes by the link of the mail."""
    page.locator("#subscribe").get_by_label("Email address").fill(address)
    page.locator("#subscribe").get_by_role("button").click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert faults(page) == []
    question = mail_to(page, product.var, address, "confirm")
    page.goto(link(text_of(question), "/confirm/"))
    assert faults(page) == []
    page.get_by_role("button", name="Yes, send me these messages").click()
    expect(page.get_by_text("You are subscribed.")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("js", [True, False], ids=["with script", "without script"])
def test_from_the_form_to_the_mail_and_out_again(
    js: bool, open_page: OpenPage, product: Product, api: APIRequestContext
) -> None:
    page = open_page(js=js)
    address = f"vera.{'with' if js else 'without'}@example.org"
    page.goto("/status")
    _subscribe(page, product, address, js=js)

    title = f"{ONCE} {js}"
    said = {"title": title, "severity": "low", "body": "We are looking into it.", "public": True}
    incident = api.post("incidents", data=said).json()
    mail = mail_to(page, product.var, address, title)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    api.post(f"incidents/{incident['id']}/resolve", data={"message": "Over."})

    page.goto(link(text_of(mail), "/leave"))
    page.get_by_role("button", name="Send me nothing more").click()
    expect(page.get_by_role("heading", name="You have left")).to_be_visible()
    assert api.get(f"subscribers?search={address}").json()["count"] == 0
    assert page.context.cookies() == []


def test_one_incident_is_followed_from_its_page(open_page: OpenPage, product: Product, api: APIRequestContext) -> None:
    page, address = open_page(), "walt@example.org"
    said = {"title": "Labels print twice", "severity": "low", "body": "We know.", "public": True}
    incident = api.post("incidents", data=said).json()
    expect_published(page, f"/status/incidents/{incident['id']}", page.get_by_role("button", name="Follow"))
    subscribe(page, product, address)
    expect(page.get_by_role("link", name="Labels print twice")).to_be_visible()
    other = api.post("incidents", data={**said, "title": "Something else"}).json()
    api.post(f"incidents/{incident['id']}/resolve", data={"message": "Over."})
    mail_to(page, product.var, address, "Labels print twice")
    page.get_by_role("button", name="Stop following").click()
    expect(page.get_by_text("You no longer follow this incident.")).to_be_visible()
    api.post(f"incidents/{other['id']}/resolve", data={"message": "Over."})
    sent = api.get(f"notifications?search={address}").json()
    assert "Something else" not in str(sent)


def test_what_is_typed_stays_while_the_page_renews_itself(open_page: OpenPage, api: APIRequestContext) -> None:
    page, other = open_page(), open_page()
    page.clock.install()
    page.goto("/status")
    field = page.locator("#subscribe").get_by_label("Email address")
    field.fill("half@an-addr")
    service = api.get("services?search=invoices").json()["results"][0]["id"]
    api.post(f"services/{service}/status", data={"status": "degraded", "message": "Invoices are slow."})
    expect_published(other, "/status", other.get_by_text("Invoices are slow."))
    page.clock.run_for(31_000)
    expect(page.locator("#s-invoices")).to_contain_text("Invoices are slow.")
    expect(field).to_have_value("half@an-addr")
    expect(field).to_be_focused()
    api.post(f"services/{service}/status", data={"status": None})


def _subscribe(page: Page, product: Product, address: str, *, js: bool) -> None:
    """Without a script there is nothing that axe could run in."""
    if js:
        subscribe(page, product, address)
        return
    page.locator("#subscribe").get_by_label("Email address").fill(address)
    page.locator("#subscribe").get_by_role("button").click()
    page.goto(link(text_of(mail_to(page, product.var, address, "confirm")), "/confirm/"))
    page.get_by_role("button", name="Yes, send me these messages").click()
    expect(page.get_by_text("You are subscribed.")).to_be_visible()
