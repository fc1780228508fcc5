"""One id a request: the caller's if it is sane, otherwise a new one; always answered and always logged."""

from __future__ import annotations

import uuid

import pytest
import structlog
from django.test import Client
from structlog.contextvars import get_contextvars
from structlog.testing import capture_logs

from config.request_id import request_id

SANE = ["a", "checkout-7.1_x", "0" * 64]
NOT_SANE = ["", "0" * 65, "a b", "a\nb", "<script>", "ключ", "a;b", "a/b"]


@pytest.mark.parametrize("offered", SANE)
def test_a_sane_id_is_taken(offered: str) -> None:
    assert request_id(offered) == offered


@pytest.mark.parametrize("offered", NOT_SANE)
def test_any_other_is_replaced(offered: str) -> None:
    assert str(uuid.UUID(request_id(offered))) != offered


@pytest.mark.parametrize("path", ["/health/live", "/no/such/page", "/api/v1/audit"])
@pytest.mark.django_db
def test_every_answer_carries_it(client: Client, path: str) -> None:
    assert client.get(path, headers={"X-Request-ID": "mine-1"})["X-Request-ID"] == "mine-1"


def test_a_new_one_is_answered_too(client: Client) -> None:
    first, second = (client.get("/health/live")["X-Request-ID"] for _ in range(2))
    assert uuid.UUID(first) != uuid.UUID(second)


def test_it_is_in_the_log_and_gone_afterwards(client: Client) -> None:
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        client.get("/health/live", headers={"X-Request-ID": "mine-2"})
    assert [line["request_id"] for line in lines if line["event"] == "request_finished"] == ["mine-2"]
    assert "request_id" not in get_contextvars()
