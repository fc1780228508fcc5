from __future__ import annotations

import pytest
from playwright.sync_api import APIRequestContext, Page

from tests.browser.conftest import OpenPage
from tests.browser.watching import faults

# Signing out, searching, filtering and one's own time zone are everybody's.
CHANGING = ", ".join(
    ["main form[method=post]:not(.clocks)", *(f"a[href$='/{act}/']" for act in ("edit", "delete", "new", "declare"))]
)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("viewer")


@pytest.fixture
def addresses(api: APIRequestContext) -> list[str]:
    incident = api.get("incidents?status=identified").json()["results"][0]["id"]
    service = api.get("services?search=checkout").json()["results"][0]["id"]
    lists = ["/console/", "/console/incidents/", "/console/services/", "/console/activity/"]
    return [*lists, f"/console/incidents/{incident}/", f"/console/services/{service}/"]


def test_no_page_offers_what_a_viewer_may_not_do(page: Page, addresses: list[str]) -> None:
    offered: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(address)
        found = page.locator(CHANGING).evaluate_all("all => all.map(one => one.outerHTML.slice(0, 90))")
        offered |= {address: found} if found else {}
    assert offered == {}


def test_the_page_of_an_incident_has_no_barrier_without_its_forms(page: Page, addresses: list[str]) -> None:
    page.goto(addresses[-2])
    assert faults(page) == []
