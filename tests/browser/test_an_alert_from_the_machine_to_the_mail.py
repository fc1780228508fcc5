"""A machine reports by the API, the inbox shows it by itself, and who is on call acknowledges from the mail."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.conftest import OpenPage
from tests.browser.mailbox import mail_to, text_of
from tests.browser.watching import faults
from tests.product import Product

MESSAGE = "Orders wait for a lock"
KEY = re.compile(r"[0-9a-z]{32}")


@pytest.fixture
def key(open_page: OpenPage) -> str:
    """Make an integration as an admin does, and copy its key."""
    page = open_page("admin")
    page.goto("/console/alerts/integrations/")
    page.get_by_role("link", name="New integration").click()
    page.get_by_label("Name", exact=True).fill("Prometheus, Bergen")
    page.get_by_role("button", name="Make it, and show its key").click()
    found = KEY.search(page.locator("#new-key").inner_text())
    assert found
    assert faults(page) == []
    return found[0]


def test_from_the_first_signal_to_the_press_of_a_button(
    key: str, open_page: OpenPage, product: Product, playwright: Playwright
) -> None:
    inbox = open_page("operator")
    inbox.goto("/console/alerts/")
    expect(inbox.get_by_text(MESSAGE)).to_have_count(0)
    machine = playwright.request.new_context(extra_http_headers={"Authorization": f"Bearer {key}"})
    said = {"service": "Shop websites", "severity": "critical", "message": MESSAGE, "labels": {"note": "x" * 1000}}
    answer = machine.post(f"{product.base}/api/v1/alerts", data=said)
    assert answer.status == 201
    row = inbox.locator("#results tr", has_text=MESSAGE)
    expect(row.get_by_text("Not acknowledged")).to_be_visible()
    assert faults(inbox) == []

    incident = open_page("operator")
    incident.goto(f"/console/incidents/{answer.json()['incident']}/")
    paged = incident.locator("#paging .page-entries strong").first
    expect(paged).to_be_visible(timeout=30_000)
    assert faults(incident) == []

    mail = mail_to(incident, product.var, "@", f"page: Shop websites: {MESSAGE}")
    address = re.search(r"http\S+/oncall/ack/\S+", text_of(mail))
    assert address
    phone = open_page(width=360)
    phone.goto(address[0])
    assert faults(phone) == []
    phone.get_by_role("button", name="Acknowledge as").click()
    expect(phone.get_by_role("heading", name="You have it")).to_be_visible()
    assert faults(phone) == []
    phone.goto(address[0])
    expect(phone.get_by_role("heading", name="has it")).to_be_visible()

    expect(row.get_by_text("Acknowledged", exact=True)).to_be_visible(timeout=30_000)
    row.get_by_role("link", name=MESSAGE, exact=True).click()
    expect(inbox.get_by_role("heading", name="Signals")).to_be_visible()
    assert faults(inbox) == []
    machine.dispose()
