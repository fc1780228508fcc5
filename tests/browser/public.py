"""Waiting for the public page: it is published within a second, on a busy machine within some."""

from __future__ import annotations

import time
import urllib.request

import brotli
from playwright.sync_api import Locator, Page, expect

from tests.product import Product

PATIENCE = 120
FIRST = "first-view.html.br"


def keep_first_view(product: Product) -> None:
    """Keep the page as the demo made it: tests share the product, and leave their traces on it."""
    # Our own address.
    request = urllib.request.Request(f"{product.base}/status", headers={"Accept-Encoding": "br"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        assert answer.headers["Content-Encoding"] == "br"
        (product.var / FIRST).write_bytes(answer.read())


def weight_of_first_view(product: Product) -> int:
    """Return how many bytes the page was on its way."""
    return (product.var / FIRST).stat().st_size


def show_first_view(page: Page, product: Product) -> None:
    """Open the page as the demo made it."""
    body = brotli.decompress((product.var / FIRST).read_bytes())
    page.route("**/status", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/status")


def expect_published(page: Page, address: str, shown: Locator) -> None:
    """Open ``address``, and again until it shows what is wanted."""
    end = time.monotonic() + PATIENCE
    page.goto(address)
    while not shown.first.is_visible() and time.monotonic() < end:
        page.reload()
    expect(shown.first).to_be_visible()


def wait_until_told(page: Page, address: str, words: str) -> None:
    """Ask for ``address``, without looking at it, until it tells of something."""
    end = time.monotonic() + PATIENCE
    while not tells(page, address, words) and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert tells(page, address, words)


def tells(page: Page, address: str, words: str) -> bool:
    """Say whether ``address`` is there and holds these words."""
    answer = page.request.get(address)
    return answer.ok and words in answer.text()
