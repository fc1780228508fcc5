"""Two operators at one instant: one row, one order, one history; whoever comes second is told, never failed."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from events.actors import Actor
from events.errors import Refused
from services.models import Component, Group, Service
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ANN, BOB = Actor("user", "1", "Ann"), Actor("user", "2", "Bob")


def test_of_four_services_of_one_name_one_is_made_and_the_others_are_told() -> None:
    for number in range(5):
        results = at_once(*[partial(Service.add, by=ANN, name=f"Checkout {number}")] * 4)
        refusals = [result for result in results if isinstance(result, ValidationError)]
        assert len(refusals) == 3
        assert all("name" in refusal.message_dict for refusal in refusals)
    assert Service.objects.count() == 5


def test_of_two_edits_on_one_version_one_wins_and_the_other_is_told() -> None:
    for number in range(6):
        service = Service.add(by=ANN, name=f"Checkout {number}")
        ours, theirs = Service.objects.get(pk=service.pk), Service.objects.get(pk=service.pk)
        results = at_once(
            partial(ours.edit, by=ANN, changes={"owner": "Ann"}, version=1),
            partial(theirs.edit, by=BOB, changes={"owner": "Bob"}, version=1),
        )
        assert sum(isinstance(result, Refused) for result in results) == 1
        service.refresh_from_db()
        assert service.version == 2


def test_components_that_fail_at_once_leave_their_service_all_down() -> None:
    for number in range(6):
        service = Service.add(by=ANN, name=f"Checkout {number}")
        parts = [Component.add(service, by=ANN, name=name) for name in ("One", "Two")]
        rows = [Component.objects.get(pk=part.pk) for part in parts]
        at_once(*(partial(row.set_status, "red", by=ANN) for row in rows))
        service.refresh_from_db()
        assert service.status == "major_outage"
        turns = service.status_changes.filter(component=None).values_list("old", "new")
        assert list(turns)[1:] == [("operational", "partial_outage"), ("partial_outage", "major_outage")]


def test_a_service_put_into_a_group_that_goes_is_told_or_left_without_one() -> None:
    for number in range(6):
        group = Group.add(by=ANN, name=f"Shop {number}")
        service = Service.add(by=ANN, name=f"Checkout {number}")
        row, going = Service.objects.get(pk=service.pk), Group.objects.get(pk=group.pk)
        at_once(
            partial(row.edit, by=ANN, changes={"group": group}),
            partial(going.remove, by=BOB),
        )
        service.refresh_from_db()
        assert service.group is None
        assert not Group.objects.exists()
