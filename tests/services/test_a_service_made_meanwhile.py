"""A service that is made between two queries of a page is on the next one, and breaks none."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from services.models import Service
from services.models.history import changes_since
from tests.services.conftest import ANN


@pytest.mark.django_db
def test_it_is_left_out_of_a_history_that_is_being_read(service: Service) -> None:
    now = timezone.now()
    waiting = ["Search"]

    def made_before_the_second_query(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if waiting and sql.startswith('SELECT "services_statuschange"'):
            Service.add(by=ANN, name=waiting.pop(), public=True)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(made_before_the_second_query):
        found = changes_since(now, Service.objects.all())
    assert [*found] == [service.pk]
    assert Service.objects.count() == 2
