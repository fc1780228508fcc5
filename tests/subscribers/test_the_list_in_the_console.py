from __future__ import annotations

import pytest
from django.test import Client

from accounts.roles import Role
from events.actors import SYSTEM
from events.models import Event
from notifications.choice import Choice
from notifications.kinds import Mode, Standing, Way
from notifications.links import Reader
from notifications.models import Subscriber
from services.models import Service
from tests.subscribers.conftest import ANN, VERA, confirmed, posted, signed_in

pytestmark = pytest.mark.django_db
WALT = Reader(Way.EMAIL, "walt@example.org")


@pytest.fixture
def operator() -> Client:
    return signed_in(Role.OPERATOR)


@pytest.fixture
def admin() -> Client:
    return signed_in(Role.ADMIN)


def shown(client: Client, query: str = "") -> str:
    return client.get(f"/console/subscribers/?{query}").content.decode()


def test_it_is_found_by_part_of_the_address_state_and_service(operator: Client, checkout: Service) -> None:
    confirmed(choice=Choice([checkout]))
    Subscriber.ask(WALT, Choice(mode=Mode.DIGEST))
    both = shown(operator)
    assert VERA.address in both
    assert WALT.address in both
    for query in ("q=VERA", "status=confirmed", f"service={checkout.pk}", "scope=services", "mode=all"):
        found = shown(operator, query)
        assert (VERA.address in found, WALT.address in found) == (True, False), query
    assert "No subscriber matches" in shown(operator, "q=nobody")
    assert "No subscriber matches" in shown(operator, "status=nonsense")


def test_viewers_see_no_address(checkout: Service) -> None:
    confirmed()
    viewer = signed_in(Role.VIEWER)
    assert viewer.get("/console/subscribers/").status_code == 403
    assert viewer.get("/console/subscribers/export.csv").status_code == 403
    assert "/console/subscribers/" not in viewer.get("/console/").content.decode()


def test_an_operator_adds_an_address_that_is_asked_first(operator: Client, checkout: Service) -> None:
    chosen = {"email": "Vera@example.org", "services": [str(checkout.pk)], "mode": "all", "vouched": "on"}
    assert operator.post("/console/subscribers/new/", chosen).status_code == 302
    row = Subscriber.objects.get()
    # Vouching is for admins: the box that is not there does nothing.
    assert (row.address, row.status) == (VERA.address, Standing.PENDING)
    assert len(posted()) == 1
    again = operator.post("/console/subscribers/new/", chosen)
    assert again.status_code == 400
    assert "was asked and may yet answer" in again.content.decode()


def test_an_operator_learns_which_setting_counts(operator: Client) -> None:
    page = operator.post("/console/subscribers/new/", {"url": "http://10.0.0.1/", "mode": "all"}).content.decode()
    assert "SUBSCRIBER_NETWORKS" in page
    assert "CHECK_PRIVATE_NETWORKS" not in page


def test_an_admin_vouches_when_adding_and_afterwards(admin: Client) -> None:
    admin.post("/console/subscribers/new/", {"email": VERA.address, "mode": "all", "vouched": "on"})
    assert Subscriber.objects.get().is_told
    assert posted() == []
    Subscriber.ask(WALT, Choice())
    pending = Subscriber.objects.get(address=WALT.address)
    admin.post(f"/console/subscribers/{pending.pk}/vouch/")
    pending.refresh_from_db()
    assert pending.is_told
    kinds = list(Event.objects.filter(subject_type="subscriber").values_list("kind", "data__vouched"))
    assert kinds == [("SUBSCRIBER_ADDED", True), ("SUBSCRIBER_CONFIRMED", True)]


def test_an_operator_cannot_vouch_nor_bring_a_list(operator: Client) -> None:
    Subscriber.ask(VERA, Choice())
    row = Subscriber.objects.get()
    assert operator.post(f"/console/subscribers/{row.pk}/vouch/").status_code == 403
    assert operator.get("/console/subscribers/import/").status_code == 403


def test_removing_forgets_the_row_and_tells_the_log_masked(operator: Client) -> None:
    row = confirmed()
    assert operator.post(f"/console/subscribers/{row.pk}/remove/").status_code == 302
    assert not Subscriber.objects.exists()
    event = Event.objects.get(kind="SUBSCRIBER_REMOVED")
    assert VERA.address not in str(event.__dict__)
    assert operator.post(f"/console/subscribers/{row.pk}/remove/").status_code == 404


def test_an_address_that_refused_is_tried_again(operator: Client) -> None:
    row = confirmed()
    row.stop(by=SYSTEM, because="The mailbox does not exist.")
    row.stop(by=SYSTEM, because="The mailbox does not exist.")
    assert Event.objects.filter(kind="SUBSCRIBER_STOPPED").count() == 1
    assert "The mailbox does not exist." in shown(operator, "status=stopped")
    operator.post(f"/console/subscribers/{row.pk}/resume/")
    row.refresh_from_db()
    assert row.is_told


def test_removing_is_done_by_whoever_did_it(operator: Client) -> None:
    confirmed().remove(by=ANN)
    assert Event.objects.get(kind="SUBSCRIBER_REMOVED").actor_name == "Ann"
