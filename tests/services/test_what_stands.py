"""What the database itself holds to, and what stays inside."""

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from events.models import Event
from services.models import Component, Group, Service, StatusChange
from services.models.order import moved
from tests.services.conftest import ANN


def test_the_database_refuses_to_edit_a_status_change(service: Service) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        StatusChange.objects.update(message="rewritten")
    assert service.status_changes.get().message == ""


def test_history_goes_with_its_service_alone(service: Service) -> None:
    Component.add(service, by=ANN, name="Redis")
    other = Service.add(by=ANN, name="Other")
    service.remove(by=ANN)
    assert [change.service for change in StatusChange.objects.all()] == [other]


def test_a_group_without_a_public_service_is_told_inside_alone(db: None) -> None:
    group = Group.add(by=ANN, name="Secret projects")
    service = Service.add(by=ANN, name="Payroll", group=group)
    group.edit(by=ANN, changes={"name": "Very secret projects"})
    assert not Event.objects.filter(public=True).exists()
    service.edit(by=ANN, changes={"public": True})
    group.edit(by=ANN, changes={"name": "Projects"})
    assert Event.objects.latest("id").public


def test_a_new_row_comes_last_even_after_one_has_gone(db: None) -> None:
    one, _, three = (Service.add(by=ANN, name=name) for name in ("C", "B", "A"))
    one.remove(by=ANN)
    assert Service.add(by=ANN, name="0").position == three.position + 1


def test_services_without_a_group_stand_last_on_either_database(db: None) -> None:
    Service.add(by=ANN, name="Loose")
    Service.add(by=ANN, name="Grouped", group=Group.add(by=ANN, name="Shop"))
    assert list(Service.objects.values_list("name", flat=True)) == ["Grouped", "Loose"]


def test_a_service_that_changes_its_group_comes_last_there(db: None) -> None:
    group = Group.add(by=ANN, name="Shop")
    for name in ("One", "Two"):
        Service.add(by=ANN, name=name, group=group)
    loose = Service.add(by=ANN, name="A loose one")
    loose.edit(by=ANN, changes={"group": group})
    assert [service.name for service in group.services.all()] == ["One", "Two", "A loose one"]


@pytest.mark.parametrize(
    ("number", "step", "expected"), [(0, -1, [0, 1, 2]), (0, 1, [1, 0, 2]), (2, 1, [0, 1, 2]), (2, -1, [0, 2, 1])]
)
def test_moving_stops_at_both_ends(number: int, step: int, expected: list[int]) -> None:
    keys = [UUID(int=value) for value in range(3)]
    assert moved(keys, keys[number], step) == [keys[value] for value in expected]
