from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import APIRequestContext, Page

from tests.browser.conftest import OpenPage
from tests.browser.public import wait_until_told
from tests.browser.watching import scrolls_sideways

WIDTHS = (1280, 320)
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikationsaufsichtsbehörde"
TITLE = f"{WORD * 2} with a tail"[:200]
BODY = f"{WORD * 6}\n\n`{WORD * 3}`\n\n```\n{WORD * 5}\n```\n\n| a | b |\n|---|---|\n| {WORD} | {WORD} |\n\n<https://{WORD}.example>"


@pytest.fixture
def addresses(api: APIRequestContext) -> Iterator[list[str]]:
    """Pages that show a service and an incident with as long words as people can write."""
    fields = {"name": WORD, "owner": WORD, "description": BODY[:1900], "public": True}
    service = api.post("services", data=fields).json()
    api.post(f"services/{service['id']}/components", data={"name": WORD, "description": BODY[:1900]})
    told = {"title": TITLE, "severity": "low", "body": BODY, "services": [service["id"]], "tags": [WORD[:40]]}
    incident = api.post("incidents", data=told).json()["id"]
    api.post(f"incidents/{incident}/updates", data={"message": BODY})
    yield [
        *("/console/", "/console/services/", "/console/incidents/", "/console/activity/", f"/console/search?q={WORD}"),
        *(f"/console/services/{service['id']}/", f"/console/services/{service['id']}/edit/"),
        *(f"/console/incidents/{incident}/", f"/console/incidents/{incident}/edit/", "/console/incidents/declare/"),
        *("/status", f"/status/incidents/{incident}", f"/status/services/{service['slug']}", "/status/history"),
    ]
    api.post(f"incidents/{incident}/resolve", data={})
    api.delete(f"services/{service['id']}")


def test_on_every_page_that_shows_them(open_page: OpenPage, addresses: list[str]) -> None:
    page = open_page("admin")
    for address in addresses:
        if address.startswith("/status"):
            wait_until_told(page, address, WORD)
    assert [address for address in addresses if not fits(page, address)] == []


def fits(page: Page, address: str) -> bool:
    answer = page.goto(address)
    assert answer
    assert answer.ok, f"{answer.status} {address}"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if scrolls_sideways(page):
            return False
    return True
