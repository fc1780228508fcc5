"""Started while its database is away, broken or locked, the product serves the last page and makes no other."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.house.test_run_leaves_nothing_behind import Product, alive

pytestmark = [pytest.mark.processes, pytest.mark.embedded, pytest.mark.timeout(300)]
DATABASE = "opstatus.sqlite3"


@contextmanager
def started(var: Path, *, demo: bool = False) -> Iterator[Product]:
    """Start the product on the embedded database; end it afterwards, and leave what it said in ``told``."""
    product = Product(var, DATABASE_URL="", DEMO=str(int(demo)))
    try:
        product.wait_until_up()
        yield product
        os.kill(product.runner, signal.SIGTERM)
        product.told = product.parent.communicate(timeout=60)[1]
    finally:
        for pid in [*product.pids, product.parent.pid]:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        product.parent.wait()


def page(product: Product) -> tuple[bool, str]:
    """Return whether the page is marked with its age, and the page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{product.port}/status") as answer:
        return "age" in answer.headers, answer.read().decode()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("before")
    with started(var) as product:
        assert "<title>" in page(product)[1]
    return var


@pytest.fixture
def var(before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(before, tmp_path / "var"))


def files(var: Path) -> dict[str, bytes]:
    www = var / "published" / "www"
    return {str(path.relative_to(www)): path.read_bytes() for path in www.rglob("*") if path.is_file()}


def remove_database(var: Path) -> None:
    for path in var.glob(f"{DATABASE}*"):
        path.unlink()


def test_garbage_in_its_place_is_an_outage(var: Path) -> None:
    remove_database(var)
    (var / DATABASE).write_bytes(b"no database " * 1000)
    with started(var) as product:
        assert page(product)[0]
    assert f"the last page is served as it was: {var / DATABASE}: file is not a database" in product.told
    assert "Traceback" not in product.told


def test_no_other_is_made_in_place_of_one_that_is_away(var: Path) -> None:
    remove_database(var)
    published = files(var)
    with started(var, demo=True) as product:
        assert page(product)[0]
    assert f"there is none at {var / DATABASE}. Put it back, or to start anew: rm -r {var}/published" in product.told
    assert "Traceback" not in product.told
    assert not (var / DATABASE).exists()
    assert files(var) == published


def test_an_empty_file_is_no_database_either(var: Path) -> None:
    remove_database(var)
    (var / DATABASE).touch()
    with started(var, demo=True) as product:
        assert page(product)[0]
    assert (var / DATABASE).stat().st_size == 0


def test_without_the_published_page_all_begins_anew(var: Path) -> None:
    remove_database(var)
    shutil.rmtree(var / "published")
    with started(var) as product:
        assert not page(product)[0]
    assert (var / DATABASE).stat().st_size


def test_a_lock_that_another_process_holds_does_not_hold_up_the_page(var: Path) -> None:
    with closing(sqlite3.connect(var / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with started(var) as product:
            # Had it waited for the lock, it would wait still.
            assert "<title>" in page(product)[1]
            other.execute("ROLLBACK")
    assert "database is locked" in product.told
