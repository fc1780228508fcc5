"""Waiting for the public page: it is published within a second, on a busy machine within some."""

from __future__ import annotations

import time

from playwright.sync_api import Locator, Page, expect

PATIENCE = 30


def expect_published(page: Page, address: str, shown: Locator) -> None:
    """Open ``address``, and again until it shows what is wanted."""
    end = time.monotonic() + PATIENCE
    page.goto(address)
    while not shown.first.is_visible() and time.monotonic() < end:
        page.reload()
    expect(shown.first).to_be_visible()
