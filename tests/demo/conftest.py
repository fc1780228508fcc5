"""The demo, seeded once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from console.demo.login import Login
from console.demo.seeding import seed

NOW = datetime(2026, 3, 1, 0, 3, tzinfo=UTC)


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Login]:
    """Seed once for all the tests beside this file, and undo it after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        # What a test case does to its own transaction, so that commands may open durable ones inside.
        outer._from_testcase = True  # type: ignore[attr-defined]
        with outer:
            yield seed(NOW)
            transaction.set_rollback(True)
