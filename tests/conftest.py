"""What every test leans on: an empty cache, and a loud word where no browser is found."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings

from events.wake import BROKER

# Modules and tests live to the end: to look for cycles in them, again and again, is a sixth of a run.
gc.disable()
# A slow machine is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# The shell without a window starts its pages in half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
NO_BROWSER = "no Chromium on this machine"
# Where the public page is looked at; elsewhere a test says so by the mark ``published``.
PUBLISHED = {"statuspage", "flows", "demo", "streams", "events"}


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Forget what the test left in the cache, and that it had no broker."""
    yield
    cache.clear()
    BROKER.until = 0.0


@pytest.fixture(autouse=True)
def page_left_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish nothing where nobody looks at the page: it would be half the work of whatever commits."""
    if not PUBLISHED & set(request.path.parts) and not request.node.get_closest_marker("published"):
        monkeypatch.setattr("statuspage.publisher.consume", lambda _events: None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, and mark what need not be run again on another database."""
    for item in items:
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
        asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
        _refuse_the_lost(item)
        # The tests of the house ask after Redis and settings, too.
        if not asks and "house" not in item.path.parts:
            item.add_marker("pure")


def pytest_collection_finish() -> None:
    """Look for cycles from now on, but not in what has been loaded, and less often than a small program needs."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    gc.enable()


def _refuse_the_lost(item: pytest.Item) -> None:
    """Raise where a mark stands in no place at which ``make test-processes`` and ``make test-browser`` look for it."""
    if item.get_closest_marker("browser") and "browser" not in item.path.parts:
        raise pytest.UsageError(f"{item.nodeid}: tests in a browser live in tests/browser.")
    if item.get_closest_marker("processes") and "mark.processes" not in item.path.read_text():
        raise pytest.UsageError(f"{item.nodeid}: write pytest.mark.processes into the file itself.")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that browser tests were skipped where it cannot be missed."""
    skipped = [report for report in terminalreporter.getreports("skipped") if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.section("BROWSER TESTS WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests need Chromium: apt-get install chromium, and run them again.")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Give this process a copy of a migrated database instead of running every migration once more."""
    from tests.ready import stand_in

    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        stand_in()
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(own, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def only_what_was_written_is_emptied() -> Iterator[None]:
    """Empty the tables after each transactional test in our way, which is a hundredth of the work of Django's."""
    from django.test import TransactionTestCase

    from tests.emptying import empty

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty())
        yield
