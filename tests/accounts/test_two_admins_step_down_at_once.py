"""Of two admins who step down at the same instant one stays; on either database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from accounts.models.user import LastAdmin
from accounts.roles import Role
from tests.factories import UserFactory


@pytest.mark.django_db(transaction=True)
def test_one_of_them_stays() -> None:
    ways: list[dict[str, Any]] = [{"role": Role.VIEWER.value}, {"is_active": False}]
    for changes in ways * 4:
        User.objects.all().delete()
        admins = UserFactory.create_batch(2, role=Role.ADMIN.value)
        start = Barrier(2)

        def step_down(user: User, start: Barrier = start, changes: dict[str, Any] = changes) -> bool:
            start.wait()
            try:
                user.change(by=user.actor, changes=changes)
            except LastAdmin:
                return False
            else:
                return True
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(step_down, admins)) == [False, True]
        assert User.objects.able_to(Role.ADMIN).count() == 1
