"""One window of a weekly series moves to another weekday, seen before and saved, and the others stay."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from services.models import Maintenance, Service
from tests.factories import UserFactory
from tests.maintenance.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Any:
    client = Client()
    with time_machine.travel(NOW, tick=False):
        client.force_login(UserFactory.create(role=Role.OPERATOR.value, timezone="Europe/Berlin"))
        yield client


def typed(service: Service, start: str, **more: str) -> dict[str, object]:
    when = {"scheduled_start": f"{start}T02:00", "scheduled_end": f"{start}T04:00", "timezone": "Europe/Berlin"}
    weekly = {"how": "weekly", "every": "1", "days": ["TU"], "until": "", "count": ""}
    return {"title": "Patches", "services": [str(service.pk)], "public": "yes", **when, **weekly, **more}


@pytest.fixture
def first(operator: Client, service: Service) -> Maintenance:
    operator.post(reverse("maintenance:plan"), typed(service, "2026-03-03"))
    return Maintenance.objects.order_by("scheduled_start")[0]


def test_it_moves_and_the_others_stay(operator: Client, service: Service, first: Maintenance) -> None:
    others = [*Maintenance.objects.exclude(pk=first.pk).values_list("scheduled_start", flat=True)]
    edit = reverse("maintenance:edit", args=[first.pk])
    assert operator.post(edit, typed(service, "2026-03-04", version="1", later="one")).status_code == 302
    first.refresh_from_db()
    assert f"{first.scheduled_start:%a %d %b}" == "Wed 04 Mar"
    assert others == [*Maintenance.objects.exclude(pk=first.pk).values_list("scheduled_start", flat=True)]


def test_the_preview_shows_that_one_alone(operator: Client, service: Service, first: Maintenance) -> None:
    moved = typed(service, "2026-03-04", version="1", later="one")
    edit = reverse("maintenance:edit", args=[first.pk])
    for address, sent in ((reverse("maintenance:preview"), moved), (edit, moved | {"preview": "1"})):
        text = operator.post(address, sent).content.decode()
        assert "Wed 4 Mar 2026" in text
        assert "Wed 11 Mar 2026" not in text
        assert "tick it" not in text


def test_all_later_ones_need_their_day_ticked(operator: Client, service: Service, first: Maintenance) -> None:
    edit = reverse("maintenance:edit", args=[first.pk])
    refused = operator.post(edit, typed(service, "2026-03-04", version="1", later="later"))
    assert "tick it" in refused.content.decode()
