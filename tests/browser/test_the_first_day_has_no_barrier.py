"""The same pages with nothing in them: they say what goes here, and teach the first step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.pages import Known, Place, opened, places
from tests.browser.watching import NARROW, faults
from tests.product import Product

NOTHING = Known({}, {}, "", "")


@pytest.fixture(scope="module")
def product(empty: Product) -> Product:
    return empty


@pytest.mark.parametrize("place", [place for place in places() if not place.parameters], ids=str)
def test_without_any_data(place: Place, go_on: Callable[[str], Page]) -> None:
    page = go_on("" if place.is_public else "admin")
    address = place.address(NOTHING)
    if opened(page, address):
        # In the colours of the same pages with something in them.
        assert faults(page, NARROW, colours=False) == []


@pytest.mark.parametrize(
    ("address", "step"),
    [
        ("/console/services/", "/console/services/new/"),
        ("/console/maintenance/", "/console/maintenance/plan/"),
        ("/console/", "/console/services/new/"),
    ],
)
def test_an_empty_page_leads_to_the_first_step(address: str, step: str, open_page: OpenPage) -> None:
    page = open_page("admin")
    page.goto(address)
    assert page.locator(f"main a[href='{step}']").count() > 0
