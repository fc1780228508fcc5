"""German, the longest, and Arabic, from the right: nothing overflows, and scripts speak them, too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import Known
from tests.browser.public import wait_until_told
from tests.browser.watching import faults


@pytest.mark.usefixtures("languages")
@pytest.mark.parametrize(("code", "checked", "ago"), [("de", "Geprüft", "vor "), ("ar", "فُحصت", "قبل")])
def test_it_fits_and_speaks(code: str, checked: str, ago: str, open_page: OpenPage, rows: Known) -> None:
    page = open_page()
    wait_until_told(page, f"/status/{code}", f'<html lang="{code}"')
    for path in (f"/services/{rows.service['slug']}", f"/incidents/{rows.incident['id']}", "/subscribe", ""):
        page.goto(f"/status/{code}{path}")
        assert faults(page) == [], path
    expect(page.locator("#updated")).to_contain_text(checked)
    expect(page.locator("main time").first).to_contain_text(ago)
    page.get_by_role("link", name="English").click()
    expect(page.locator("#updated")).to_contain_text("Page checked")
