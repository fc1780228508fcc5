from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.models import Incident
from services.models import Component, Service
from statuspage import snapshot
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import plan, watch

pytestmark = pytest.mark.django_db
FIXED = 15
View = TypeVar("View")


def grow(first: int, last: int) -> None:
    for number in range(first, last):
        service = Service.add(by=ANN, name=f"Service {number}", public=True)
        watch(Component.add(service, by=ANN, name="Database"))
        plan(f"Work {number}", service)
        incident = Incident.declare(by=ANN, title=f"Trouble {number}", severity="low", services={service: None})
        incident.post_update(by=ANN, message="We look.")


@pytest.mark.parametrize("count", [1, 50])
def test_the_whole_page_is_read_in_a_fixed_number_of_queries(count: int) -> None:
    grow(0, count)
    with CaptureQueriesContext(connection) as queries:
        taken = snapshot.take(timezone.now())
        taken.page()
    assert len(taken.services) == len(taken.incidents) == len(taken.windows) == len(taken.checks.of) == count
    assert len(queries) == FIXED, [query["sql"] for query in queries]


class Counted(dict[UUID, View]):
    """Counts how often all of it is looked through."""

    looks = 0

    def values(self) -> Any:
        self.looks += 1
        return super().values()


def test_the_history_of_each_service_is_found_without_looking_through_all_of_it() -> None:
    grow(0, 20)
    taken = snapshot.take(timezone.now())
    incidents, windows = Counted(taken.incidents), Counted(taken.windows)
    counting = replace(taken, incidents=incidents, windows=windows)
    for key, service in taken.services.items():
        number = service.name.rpartition(" ")[2]
        assert [one.title for one in counting.of_service(key)] == [f"Trouble {number}"]
        assert [one.title for one in counting.windows_of(key)] == [f"Work {number}"]
    assert incidents.looks == windows.looks == 1
