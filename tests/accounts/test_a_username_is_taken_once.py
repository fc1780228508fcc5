"""Of two who take one username at the same instant the second is told so, on either database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Invitation, User
from accounts.roles import Role
from events.actors import SYSTEM
from tests.factories import PASSWORD, UserFactory
from tests.racing import at_once

WAYS: list[Callable[[str, int], object]] = [
    lambda name, _: Invitation.send(by=SYSTEM, username=name, email="a@example.com", role=Role.VIEWER),
    lambda name, _: User.enrol(by=SYSTEM, username=name, password=PASSWORD, role=Role.VIEWER),
    lambda name, row: User.objects.order_by("pk")[row].change(by=SYSTEM, changes={"username": name}),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS, ids=["invited", "made", "renamed"])
def test_the_second_reads_that_it_is_taken(way: Callable[[str, int], object]) -> None:
    UserFactory.create_batch(2)
    for name in ("ann", "bo", "cy"):
        said = at_once(lambda name=name: way(name, 0), lambda name=name: way(name.upper(), 1))  # type: ignore[misc]
        refused = [one for one in said if isinstance(one, ValidationError)]
        assert len(refused) == 1
        assert set(refused[0].messages) == {"Somebody else has this username."}
        assert User.objects.filter(username__iexact=name).count() == 1
