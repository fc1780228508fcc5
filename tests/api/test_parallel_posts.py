"""One POST four times at the same instant: one row, never a 500; on either database."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from accounts.models import ApiKey
from tests.factories import bearer

pytestmark = pytest.mark.django_db(transaction=True)
CALLS = 4


def at_once(*, key: str | None) -> list[Any]:
    headers = bearer("admin") | ({"Idempotency-Key": key} if key else {})
    start = Barrier(CALLS)
    # The first request of a process makes its middleware, which is no work for many threads.
    Client().get("/api/v1/users")

    def call(_: int) -> Any:
        start.wait()
        try:
            body = {"name": "deploy", "scopes": ["read"]}
            return Client(headers=headers).post("/api/v1/api-keys", body, content_type="application/json")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CALLS) as pool:
        return list(pool.map(call, range(CALLS)))


@pytest.mark.parametrize("number", range(10))
def test_with_a_key_one_row_is_made_and_the_others_wait_or_get_the_same_answer(number: int) -> None:
    answers = at_once(key=f"k{number}")
    made = ApiKey.objects.filter(name="deploy")
    assert made.count() == 1
    counted = Counter(answer.status_code for answer in answers)
    assert set(counted) <= {201, 409}
    assert {answer.json()["id"] for answer in answers if answer.status_code == 201} == {str(made.get().pk)}
    assert sum(answer.status_code == 201 and not answer.has_header("Idempotent-Replay") for answer in answers) == 1


def test_without_a_key_each_call_is_its_own() -> None:
    assert [answer.status_code for answer in at_once(key=None)] == [201] * CALLS
    assert ApiKey.objects.filter(name="deploy").count() == CALLS
