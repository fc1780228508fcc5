"""Our own parts are a service like any other: made once, private, checked, and gone for good when deleted."""

from __future__ import annotations

import pytest

from events.actors import SYSTEM
from services.checks.itself import ID, NAME, ensure
from services.checks.sweeping import sweep
from services.models import Component, Heartbeat, Service
from tests.checks.conftest import START

pytestmark = pytest.mark.django_db


def test_it_is_made_once_and_private() -> None:
    assert ensure(START)
    assert not ensure(START)
    service = Service.objects.get()
    assert (service.pk, service.name, service.public) == (ID, NAME, False)
    names = list(Component.objects.values_list("name", flat=True))
    assert names == ["Database", "Cache", "Broker", "Worker", "Storage", "Mail"]
    assert set(Heartbeat.objects.values_list("kind", "next_check_at")) == {("internal", START)}


def test_deleted_it_stays_gone() -> None:
    ensure(START)
    Service.objects.get().remove(by=SYSTEM)
    assert not ensure(START)
    assert not Service.objects.exists()


def test_the_sweep_makes_it_where_nothing_else_did() -> None:
    sweep(START)
    assert Service.objects.filter(pk=ID).exists()


def test_a_service_of_that_name_is_left_alone() -> None:
    Service.add(by=SYSTEM, name=NAME)
    assert not ensure(START)
    assert Service.objects.count() == 1
    assert not Heartbeat.objects.exists()


def test_renamed_and_published_it_is_not_made_again() -> None:
    ensure(START)
    service = Service.objects.get()
    service.edit(by=SYSTEM, changes={"name": "The status page", "public": True})
    assert not ensure(START)
    assert Service.objects.get().public
