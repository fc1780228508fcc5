"""Make a component, give it a heartbeat on a server of ours, and watch it go red and green where the public looks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.public import expect_published
from tests.browser.watching import faults
from tests.product import ROOT, Product
from tests.target import Target, answering

NAMES = {True: "Front door", False: "Back door"}
SUM_UP = "from services.tasks import sum_up_checks; sum_up_checks('hour'); sum_up_checks('day')"


@pytest.fixture
def target() -> Iterator[Target]:
    with answering() as target:
        yield target


class Make(Protocol):
    """Makes a service that is gone after the test, however that ends."""

    def __call__(self, **fields: object) -> dict[str, Any]: ...


@pytest.fixture
def make(api: APIRequestContext) -> Iterator[Make]:
    made: list[dict[str, Any]] = []

    def service(**fields: object) -> dict[str, Any]:
        made.append(api.post("services", data=fields).json())
        return made[-1]

    yield service
    for one in made:
        api.delete(f"services/{one['id']}")


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_public_sees_it_at_each_turn(
    js: bool, open_page: OpenPage, product: Product, make: Make, target: Target
) -> None:
    console, public, name = open_page(js=js), open_page(js=js), NAMES[js]
    service = make(name=name, public=True, show_latency=True)
    shown = public.locator(f"#s-{service['slug']}")
    sign_in(console, "operator", product.passwords["operator"])

    console.goto(f"/console/services/{service['id']}/")
    console.get_by_role("link", name="New component").click()
    console.get_by_label("Name").fill("Website")
    console.get_by_role("button", name="Save").click()
    console.get_by_role("link", name="Website", exact=True).click()
    give_heartbeat(console, target.url)
    check(console, "Operational")
    expect_published(public, "/status", shown.filter(has_text="Operational"))

    target.status = 503
    check(console, re.compile("Degraded|Major outage"))
    check(console, re.compile("Degraded|Major outage"))
    check(console, "Major outage")
    expect(console.locator("#heartbeat")).to_contain_text("The answer was 503 Service Unavailable")
    expect(console.locator("#results")).to_contain_text("Failed")
    expect_published(public, "/status", shown.filter(has_text="Major outage"))

    target.status = 200
    check(console, "Operational")
    expect_published(public, "/status", shown.filter(has_text="Operational"))

    sum_up(product)
    console.reload()
    expect(console.locator("#latency svg.plot")).to_be_visible()
    # axe-core itself is a script.
    assert not js or faults(console) == []


def test_its_pages_have_no_barrier(open_page: OpenPage, api: APIRequestContext, make: Make, target: Target) -> None:
    page = open_page("operator")
    service = make(name="Side door")
    component = api.post(f"services/{service['id']}/components", data={"name": "Nightly job"}).json()["id"]
    address = f"/console/services/components/{component}/"
    page.goto(address)
    assert faults(page) == []
    page.goto(f"{address}heartbeat/")
    assert faults(page) == []
    target.status = 500
    page.get_by_role("link", name="Web address").click()
    page.get_by_label("Address").fill(target.url)
    page.get_by_role("button", name="Check now").click()
    expect(page.locator("#outcome")).to_contain_text("It fails.")
    page.get_by_text("What it asks and expects").click()
    assert faults(page) == []
    api.post(f"components/{component}/heartbeat", data={"kind": "push"})
    page.goto(address)
    expect(page.locator("#ping-curl")).to_contain_text("/ping/")
    assert faults(page) == []


def give_heartbeat(page: Page, url: str) -> None:
    """Choose the kind, try it out, save it."""
    page.get_by_role("link", name="Add a heartbeat").click()
    page.get_by_role("link", name="Web address").click()
    page.get_by_label("Address").fill(url)
    page.get_by_role("button", name="Check now, without saving").click()
    expect(page.locator("#outcome")).to_contain_text("It passes.")
    expect(page.get_by_label("Address")).to_have_value(url)
    page.get_by_role("button", name="Save").click()


def check(page: Page, status: str | re.Pattern[str]) -> None:
    """Check now; the page says how it is. The worker checks, too, so a failure more may have been counted."""
    page.get_by_role("button", name="Check now").click()
    expect(page.locator("#status-heading")).to_contain_text(status)


def sum_up(product: Product) -> None:
    """Sum the checks up, as the clock does every few minutes."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(product.var)}
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SUM_UP]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
