"""Dependencies between components: any service, no circle, not even two halves of one at the same instant."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from events.errors import Gone
from events.models import Event
from services.models import Component, Service
from tests.racing import at_once
from tests.services.conftest import ANN
from tests.services.test_races import BOB


def chain(*names: str) -> list[Component]:
    """Return components of a service each, every one depending on the one before it."""
    found: list[Component] = []
    for name in names:
        service = Service.add(by=ANN, name=f"Service of {name}")
        found.append(Component.add(service, by=ANN, name=name, depends_on=found[-1] if found else None))
    return found


@pytest.mark.django_db
def test_a_circle_is_refused_with_a_sentence_that_names_it() -> None:
    network, _, app = chain("Network", "Proxy", "App")
    with pytest.raises(ValidationError) as refusal:
        network.edit(by=ANN, changes={"depends_on": app})
    assert refusal.value.message_dict == {
        "depends_on": ["That would be a circle: Network depends on App depends on Proxy depends on Network."]
    }
    network.refresh_from_db()
    assert network.depends_on is None


@pytest.mark.django_db
def test_nothing_depends_on_itself() -> None:
    (network,) = chain("Network")
    with pytest.raises(ValidationError, match="Network depends on Network"):
        network.edit(by=ANN, changes={"depends_on": network})


@pytest.mark.django_db
def test_the_log_names_what_it_depends_on() -> None:
    _, proxy = chain("Network", "Proxy")
    proxy.edit(by=ANN, changes={"depends_on": None})
    told = Event.objects.filter(kind="COMPONENT_CHANGED").get()
    assert (told.before, told.after) == ({"depends_on": "Network"}, {"depends_on": None})
    assert Event.objects.filter(kind="COMPONENT_CREATED", after__depends_on="Network").count() == 1


@pytest.mark.django_db
def test_who_depends_on_something_stays_when_it_goes() -> None:
    network, proxy = chain("Network", "Proxy")
    network.remove(by=ANN)
    proxy.refresh_from_db()
    assert proxy.depends_on is None


@pytest.mark.django_db
def test_what_has_gone_meanwhile_is_refused() -> None:
    network, proxy = chain("Network", "Proxy")
    stale = Component.objects.get(pk=network.pk)
    network.remove(by=ANN)
    with pytest.raises(Gone):
        proxy.edit(by=ANN, changes={"depends_on": stale})


@pytest.mark.django_db(transaction=True)
def test_of_two_halves_of_a_circle_at_once_one_is_refused() -> None:
    for number in range(6):
        (one,), (two,) = chain(f"One {number}"), chain(f"Two {number}")
        results = at_once(
            partial(Component.objects.get(pk=one.pk).edit, by=ANN, changes={"depends_on": two}),
            partial(Component.objects.get(pk=two.pk).edit, by=BOB, changes={"depends_on": one}),
        )
        assert sum(isinstance(result, ValidationError) for result in results) == 1
