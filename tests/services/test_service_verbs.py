"""What the verbs of the catalogue do, and what they leave in the history and the log."""

import pytest
from django.core.exceptions import ValidationError

from events.actors import Actor
from events.errors import Gone, StaleEdit
from events.models import Event
from services.models import Component, Group, Service, StatusChange
from services.status import Status

pytestmark = pytest.mark.django_db
ANN = Actor("user", "1", "Ann")


@pytest.fixture
def service() -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)


def kinds() -> list[str]:
    return list(Event.objects.values_list("kind", flat=True))


def history(service: Service) -> list[tuple[str, str]]:
    return list(service.status_changes.filter(component=None).values_list("old", "new"))


def test_a_new_service_is_operational_from_its_birth_on(service: Service) -> None:
    assert service.slug == "checkout-api"
    assert history(service) == [("", "operational")]
    assert kinds() == ["SERVICE_CREATED"]


def test_a_second_service_of_a_like_name_gets_a_slug_of_its_own(service: Service) -> None:
    del service
    assert Service.add(by=ANN, name="Checkout: API").slug == "checkout-api-2"


def test_a_name_is_taken_once_and_a_refusal_leaves_nothing_behind(service: Service) -> None:
    del service
    with pytest.raises(ValidationError) as caught:
        Service.add(by=ANN, name="Checkout API")
    assert "name" in caught.value.message_dict
    assert Service.objects.count() == 1
    assert len(kinds()) == 1


def test_a_status_set_by_hand_is_told_with_its_message(service: Service) -> None:
    service.set_status("yellow", by=ANN, message="Slow since noon")
    assert service.status == Status.DEGRADED
    change = StatusChange.objects.latest("id")
    assert (change.old, change.new, change.message, change.source, change.actor_name) == (
        "operational",
        "degraded",
        "Slow since noon",
        "manual",
        "Ann",
    )
    assert kinds()[-1] == "SERVICE_STATUS_CHANGED"


def test_going_back_to_derived_forgets_the_hand(service: Service) -> None:
    service.set_status(Status.MAJOR_OUTAGE, by=ANN, message="Down")
    service.set_status(None, by=ANN)
    assert (service.status, service.manual_status, service.manual_message) == ("operational", None, "")


def test_saying_the_same_again_writes_nothing(service: Service) -> None:
    service.set_status("degraded", by=ANN, message="Slow")
    before = len(kinds())
    service.set_status("degraded", by=ANN, message="Slow")
    assert len(kinds()) == before


def test_one_component_down_among_healthy_ones_is_a_partial_outage(service: Service) -> None:
    database = Component.add(service, by=ANN, name="PostgreSQL")
    cache = Component.add(service, by=ANN, name="Redis")
    database.set_status("red", by=ANN, message="Disk full")
    service.refresh_from_db()
    assert service.status == Status.PARTIAL_OUTAGE
    cache.set_status("red", by=ANN)
    service.refresh_from_db()
    assert service.status == Status.MAJOR_OUTAGE
    assert kinds()[-2:] == ["COMPONENT_STATUS_CHANGED", "SERVICE_STATUS_CHANGED"]


def test_removing_the_broken_component_heals_the_service(service: Service) -> None:
    broken = Component.add(service, by=ANN, name="PostgreSQL")
    broken.set_status("red", by=ANN)
    broken.remove(by=ANN)
    service.refresh_from_db()
    assert service.status == Status.OPERATIONAL


def test_an_edit_on_an_old_version_is_refused_with_what_stands_now(service: Service) -> None:
    service.edit(by=ANN, changes={"owner": "Payments"}, version=1)
    with pytest.raises(StaleEdit) as caught:
        service.edit(by=ANN, changes={"owner": "Platform"}, version=1)
    assert caught.value.current["owner"] == "Payments"
    assert caught.value.current["version"] == 2


def test_an_edit_is_told_with_before_and_after(service: Service) -> None:
    service.edit(by=ANN, changes={"owner": "Payments", "name": "Checkout API"})
    event = Event.objects.latest("id")
    assert (event.before, event.after) == ({"owner": ""}, {"owner": "Payments"})


def test_acting_on_a_deleted_service_says_that_it_is_gone(service: Service) -> None:
    same = Service.objects.get(pk=service.pk)
    same.remove(by=ANN)
    with pytest.raises(Gone, match="deleted meanwhile"):
        service.set_status("red", by=ANN)


def test_a_group_may_go_and_its_services_stay(service: Service) -> None:
    group = Group.add(by=ANN, name="Shop")
    service.edit(by=ANN, changes={"group": group})
    group.remove(by=ANN)
    service.refresh_from_db()
    assert service.group is None


def test_services_of_one_group_are_put_into_order_all_at_once() -> None:
    one, two = (Service.add(by=ANN, name=name) for name in ("One", "Two"))
    Service.reorder([two.id, one.id], by=ANN)
    assert list(Service.objects.values_list("name", flat=True)) == ["Two", "One"]
    with pytest.raises(ValidationError, match="exactly once"):
        Service.reorder([two.id], by=ANN)


def test_a_private_service_tells_no_public_event() -> None:
    Service.add(by=ANN, name="Payroll").set_status("red", by=ANN)
    assert not Event.objects.filter(public=True).exists()


def test_a_control_character_in_a_name_is_refused() -> None:
    for name in ("a\x00b", "a\nb", "a\ud800b"):
        with pytest.raises(ValidationError):
            Service.add(by=ANN, name=name)


def test_a_status_change_is_never_edited(service: Service) -> None:
    change = service.status_changes.get()
    change.message = "rewritten"
    with pytest.raises(TypeError):
        change.save()
