"""A job calls once and goes: what it was answered for is on the disk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.checks import receive
from services.models import Component
from tests.checks.conftest import START, watch


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no commit that is not on the disk.")
def test_the_commit_of_a_call_waits_for_the_disk(part: Component) -> None:
    job = watch(part, kind="push", interval=600)
    with CaptureQueriesContext(connection) as asked:
        receive(job.token, "success", START)
    said = [query["sql"] for query in asked if "synchronous_commit" in query["sql"]]
    assert said[-1] == "SET LOCAL synchronous_commit TO DEFAULT"
    kept = next(place for place, query in enumerate(asked) if query["sql"] == said[-1])
    assert any("services_checkresult" in query["sql"] for query in asked.captured_queries[:kept])
