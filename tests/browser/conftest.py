"""A browser, the product it looks at, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, Protocol, TypeAlias

import pytest
from playwright.sync_api import APIRequestContext, Browser, Page, Playwright, StorageState, expect, sync_playwright

from tests.browser.pages import ONLY_POSTED, Known, find_rows
from tests.browser.public import keep_first_view
from tests.browser.watching import Watch
from tests.conftest import CHROMIUM
from tests.product import Product, running

Theme: TypeAlias = Literal["light", "dark"]
# In milliseconds: a slow machine is no failure.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


class OpenPage(Protocol):
    """Opens a page of its own context; ``user`` is signed in, nobody without."""

    def __call__(
        self, user: str = "", *, js: bool = True, width: int = 1280, theme: Theme = "light", bad: set[int] | None = None
    ) -> Page: ...


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product with its demo."""
    with running(tmp_path_factory.mktemp("full"), demo=True) as product:
        keep_first_view(product)
        yield product


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product on its first day: an admin, and nothing else."""
    with running(tmp_path_factory.mktemp("empty"), demo=False) as product:
        yield product


@pytest.fixture(scope="session")
def product(full: Product) -> Product:
    """The product that pages are opened on; a module may override it with ``empty``."""
    return full


@pytest.fixture(scope="session")
def signed_in(browser: Browser) -> Callable[[Product, str], StorageState]:
    """Return the cookies of somebody who has signed in, once for the whole run."""
    known: dict[tuple[str, str], StorageState] = {}

    def state(product: Product, user: str) -> StorageState:
        if (product.base, user) not in known:
            context = browser.new_context(base_url=product.base)
            sign_in(context.new_page(), user, product.passwords[user])
            known[product.base, user] = context.storage_state()
            context.close()
        return known[product.base, user]

    return state


@pytest.fixture
def open_page(
    browser: Browser, product: Product, signed_in: Callable[[Product, str], StorageState]
) -> Iterator[OpenPage]:
    """Return how to open a page. Errors in the browser's log fail the test; ``bad`` names statuses it asks for."""
    contexts, watches = [], []

    def opened(
        user: str = "", *, js: bool = True, width: int = 1280, theme: Theme = "light", bad: set[int] | None = None
    ) -> Page:
        options: dict[str, Any] = {"storage_state": signed_in(product, user)} if user else {}
        context = browser.new_context(
            base_url=product.base,
            java_script_enabled=js,
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch = Watch(page, product.base)
        watch.expected = bad or set()
        watches.append(watch)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for watch in watches for said in watch.said] == []


@pytest.fixture(scope="module")
def kept(
    browser: Browser, product: Product, signed_in: Callable[[Product, str], StorageState]
) -> Iterator[Callable[[str], tuple[Page, Watch]]]:
    """Return the one page that somebody has in this module, and who watches it."""
    known: dict[str, tuple[Page, Watch]] = {}

    def page_of(user: str) -> tuple[Page, Watch]:
        if user not in known:
            state = signed_in(product, user) if user else None
            page = browser.new_context(base_url=product.base, storage_state=state).new_page()
            page.set_default_timeout(PATIENCE)
            known[user] = page, Watch(page, product.base)
        return known[user]

    yield page_of
    for page, _ in known.values():
        page.context.close()


@pytest.fixture
def go_on(kept: Callable[[str], tuple[Page, Watch]]) -> Iterator[Callable[[str], Page]]:
    """Return how to go on with the page of somebody, for tests that only look: its files need not be read anew."""
    watches = []

    def page_of(user: str) -> Page:
        page, watch = kept(user)
        watch.said.clear()
        watch.expected = {ONLY_POSTED}
        watches.append(watch)
        return page

    yield page_of
    assert [said for watch in watches for said in watch.said] == []


@pytest.fixture(scope="module")
def api(playwright: Playwright, product: Product) -> Iterator[APIRequestContext]:
    """The API, with the demo's key."""
    context = playwright.request.new_context(
        base_url=f"{product.base}/api/v1/", extra_http_headers={"Authorization": f"Bearer {product.api_key}"}
    )
    yield context
    context.dispose()


@pytest.fixture
def languages(open_page: OpenPage) -> Iterator[None]:
    """Have the public page in German and Arabic, too, for as long as a test takes: others share the product."""
    page = open_page("admin")

    def offer(*, ticked: bool) -> None:
        page.goto("/console/settings/")
        for name in ("Deutsch", "العربية"):
            page.get_by_role("checkbox", name=name).set_checked(ticked)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("The settings are saved.")).to_be_visible()

    offer(ticked=True)
    yield
    offer(ticked=False)


@pytest.fixture(scope="module")
def rows(api: APIRequestContext) -> Known:
    """The rows of the demo that pages are shown of, looked up once: they are some twenty requests."""
    return find_rows(api)


def sign_in(page: Page, user: str, password: str) -> None:
    page.goto("/console/sign-in")
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/console/")
