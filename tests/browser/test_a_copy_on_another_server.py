"""A copy in a folder of a plain file server is the same page, and says how old it is; OpStatus is asked nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import Watch, faults
from tests.product import ROOT, Product, environment

# What there is and in which order: landmarks, headings, and the state of each thing in words.
SHAPE = """() => [...document.querySelectorAll("header, nav, main, footer, section, h1, h2, h3, [data-say]")]
  .map((one) => [one.tagName, one.id, one.dataset.say, one.matches("h1, h2, h3") ? one.textContent : ""].join(" "))"""
LINKS = """() => [...document.querySelectorAll("a[href], link[href], script[src]")].map((one) => one.href || one.src)"""


@dataclass(frozen=True, slots=True)
class Copy:
    """A folder, and where it is served."""

    folder: Path
    base: str


class Quiet(SimpleHTTPRequestHandler):
    """Python's own file server, without its log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def copy(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A copy below another address than the server's own."""
    served = tmp_path_factory.mktemp("served")
    folder = served / "some/where"
    env = environment(product.var, int(urlsplit(product.base).port or 0), demo=True)
    subprocess.run([sys.executable, "manage.py", "publish", "--to", str(folder)], cwd=ROOT, env=env, check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Copy(folder, f"http://127.0.0.1:{server.server_port}/some/where/")
    server.shutdown()


@pytest.fixture
def page(browser: Browser, copy: Copy) -> Iterator[Page]:
    """A page whose every request to somebody else, and every error, fails the test."""
    page = browser.new_context(base_url=copy.base).new_page()
    watch = Watch(page, copy.base)
    yield page
    page.context.close()
    assert watch.said == []


def test_it_is_the_same_page_and_every_link_leads_somewhere(
    page: Page, open_page: OpenPage, copy: Copy, product: Product
) -> None:
    ours = open_page()
    ours.goto("/status")
    service, incident = (
        ours.locator(f"main a[href^='/status/{kind}/']").first.get_attribute("href")
        for kind in ("services", "incidents")
    )
    asked: set[str] = set()
    for address in ("/status", "/status/history", service, incident):
        ours.goto(str(address))
        page.goto(f"{str(address).lstrip('/')}/")
        assert page.title() == ours.title()
        assert page.evaluate(SHAPE) == ours.evaluate(SHAPE)
        asked |= set(page.evaluate(LINKS))
    page.goto("")
    assert page.evaluate(SHAPE)
    for link in (link.partition("#")[0] for link in asked | set(page.evaluate(LINKS))):
        if link.startswith(copy.base):
            assert page.request.get(link).ok, link
        elif link.startswith(product.base):
            # Of services' own addresses nobody here knows.
            assert link.startswith(f"{product.base}/status/"), link


def test_feeds_badges_and_json_are_there(page: Page, product: Product, copy: Copy) -> None:
    for name in ("status/rss.xml", "status/atom.xml", "status/calendar.ics", "status/badge.svg", "404.html"):
        assert page.request.get(copy.base + name).ok, name
    theirs = page.request.get(f"{copy.base}api/v1/status.json").json()
    assert theirs.keys() == page.request.get(f"{product.base}/api/v1/status").json().keys()


def test_it_says_how_old_it_is_and_turns_amber(page: Page, copy: Copy) -> None:
    page.goto("status/")
    expect(page.locator("#updated")).to_contain_text("As of ")
    expect(page.locator("#updated.stale")).to_have_count(0)
    file = copy.folder / "status/as-of.json"
    held = file.read_text()
    file.write_text(json.dumps(json.loads(held) | {"as_of": "2026-01-02T03:04:05Z"}))
    page.reload()
    expect(page.locator("#updated.stale")).to_contain_text(
        "This page may be out of date: it shows the state of 2 Jan 2026"
    )
    assert faults(page) == []
    file.write_text(held)
