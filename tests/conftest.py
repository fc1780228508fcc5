"""What every test leans on: an empty cache, and a loud word where no browser is found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import settings

from events.wake import Rest

# A slow machine is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# The shell without a window starts its pages in half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
NO_BROWSER = "no Chromium on this machine"


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Forget what the test left in the cache, and that it had no broker."""
    yield
    cache.clear()
    Rest.until = 0.0


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, and mark what need not be run again on another database."""
    for item in items:
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
        asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
        # The tests of the house ask after Redis and settings, too.
        if not asks and "house" not in item.path.parts:
            item.add_marker("pure")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that browser tests were skipped where it cannot be missed."""
    skipped = [report for report in terminalreporter.getreports("skipped") if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.section("BROWSER TESTS WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests need Chromium: apt-get install chromium, and run them again.")


@pytest.fixture(autouse=True, scope="session")
def only_what_was_written_is_emptied() -> Iterator[None]:
    """Empty the tables after each transactional test in our way, which is a hundredth of the work of Django's."""
    from django.test import TransactionTestCase

    from tests.emptying import empty

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty())
        yield
