"""The public page goes on and says how old it is; the console says what to do, and keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.public import expect_published
from tests.browser.watching import faults
from tests.product import Product, running


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One of its own, whose database nobody else misses."""
    with running(tmp_path_factory.mktemp("away"), demo=True) as product:
        yield product


@contextmanager
def database_away(product: Product) -> Iterator[None]:
    file, away = product.var / "opstatus.sqlite3", product.var / "away"
    file.rename(away)
    try:
        yield
    finally:
        away.rename(file)


def test_the_public_page_says_that_it_is_old(open_page: OpenPage, product: Product) -> None:
    page = open_page()
    with database_away(product):
        expect_published(page, "/status", page.get_by_text("This page may be out of date."))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Partial outage")
        expect(page.locator("#updated")).to_have_text(re.compile(r"^Page checked \d+ (s|min) ago$"))
        assert faults(page) == []
    page = open_page()
    expect_published(page, "/status", page.locator("main:not(:has(.stale))"))


def test_what_is_typed_is_kept_until_it_is_back(open_page: OpenPage, product: Product) -> None:
    page = open_page("operator", bad={503})
    page.goto("/console/incidents/declare/")
    page.get_by_label("Title").fill("Declared in hard times")
    page.get_by_label("What is known").fill("The database is away, too.")
    with database_away(product):
        other = open_page(bad={503})
        expect_published(other, "/status", other.get_by_text("This page may be out of date."))
        page.locator("main").get_by_role("button", name="Declare incident").click()
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("Declare")
        assert faults(page) == []
    expect_published(other, "/console/sign-in", other.get_by_label("Username"))
    page.goto("/console/incidents/declare/")
    expect(page.get_by_label("Title")).to_have_value("Declared in hard times")
    expect(page.get_by_label("What is known")).to_have_value("The database is away, too.")
