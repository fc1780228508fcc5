"""Django's admin and Swagger's pages are not ours to redraw; they still break no rule of ours in the browser's log."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage


@pytest.mark.parametrize("address", ["/admin/", "/admin/incidents/incident/", "/admin/services/service/"])
def test_the_raw_rows(address: str, open_page: OpenPage) -> None:
    page = open_page("admin")
    page.goto(address, wait_until="networkidle")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_the_pages_of_the_api(open_page: OpenPage) -> None:
    page = open_page("admin")
    page.goto("/api/docs")
    # What is further down is drawn when somebody scrolls there.
    expect(page.get_by_text("/api/v1/alerts").first).to_be_visible(timeout=20_000)
