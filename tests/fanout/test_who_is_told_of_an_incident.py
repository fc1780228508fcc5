"""Everybody who asked is told, once, and nobody else."""

from __future__ import annotations

import pytest

from events.actors import SYSTEM
from notifications.kinds import Audience
from notifications.models import Announcement
from services.models import Service
from tests.fanout.conftest import ANN, START, channel, declare, fan_out, reader, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_incident_is_told_to_all_to_its_services_and_to_nobody_elses(shop: Service) -> None:
    mail = Service.add(by=SYSTEM, name="Mail", public=True, now=START)
    reader("all@example.org")
    reader("shop@example.org", shop)
    reader("both@example.org", shop, mail)
    reader("mail@example.org", mail)
    declare(shop)
    fan_out()
    assert told() == ["all@example.org", "both@example.org", "shop@example.org"]


def test_who_has_not_confirmed_or_was_stopped_is_told_nothing(shop: Service) -> None:
    reader("pending@example.org", status="pending")
    reader("stopped@example.org", stopped_at=START)
    declare(shop)
    fan_out()
    assert told() == []


def test_who_wants_the_ends_alone_hears_the_beginning_and_the_end(shop: Service) -> None:
    reader("ends@example.org", mode="new_and_resolved")
    reader("all@example.org")
    reader("digest@example.org", mode="digest")
    incident, heard = declare(shop), []
    for step in (
        lambda: None,
        lambda: incident.post_update(by=ANN, message="We look."),
        lambda: incident.transition("identified", by=ANN),
        lambda: incident.resolve(by=ANN),
        lambda: incident.reopen(by=ANN),
    ):
        step()
        fan_out()
        heard.append(told())
    both, one = ["all@example.org", "ends@example.org"], ["all@example.org"]
    assert heard == [both, one, one, both, both]


def test_an_address_with_several_rows_is_told_once(shop: Service) -> None:
    incident = declare(shop)
    fan_out()
    reader("ann@example.org")
    reader("ann@example.org", incident=incident)
    incident.post_update(by=ANN, message="We look.")
    fan_out()
    assert told() == ["ann@example.org"]


def test_followers_of_one_incident_hear_of_no_other(shop: Service) -> None:
    incident = declare(shop)
    reader("follower@example.org", incident=incident)
    declare(shop, title="Something else")
    fan_out()
    assert told() == ["follower@example.org"]
    incident.resolve(by=ANN)
    fan_out()
    assert told() == ["follower@example.org"]


def test_a_note_and_an_internal_incident_stay_inside(shop: Service) -> None:
    reader("all@example.org")
    channel("inside")
    channel("outside", audience="public")
    declare(shop, public=False)
    fan_out()
    assert told() == ["inside"]
    incident = declare(shop)
    fan_out()
    told()
    incident.post_update(by=ANN, message="Between us.", public=False)
    fan_out()
    assert told() == ["inside"]
    assert not Announcement.objects.filter(audience=Audience.PUBLIC, text__contains="Between us").exists()


def test_an_incident_that_is_published_later_is_new_to_outsiders(shop: Service) -> None:
    reader("ends@example.org", mode="new_and_resolved")
    incident = declare(shop, public=False)
    fan_out()
    assert told() == []
    incident.edit(by=ANN, changes={"public": True})
    fan_out()
    assert told() == ["ends@example.org"]
    incident.edit(by=ANN, changes={"title": "Checkout fails for some"})
    fan_out()
    assert told() == []


def test_whoever_chose_a_service_that_is_private_by_now_hears_nothing_of_it(shop: Service) -> None:
    reader("shop@example.org", shop)
    shop.edit(by=ANN, changes={"public": False})
    declare(shop)
    fan_out()
    assert told() == []


def test_a_batch_that_comes_twice_makes_no_second_message(shop: Service) -> None:
    from events.models import Cursor
    from notifications.models import Delivery

    reader("all@example.org")
    channel("inside")
    declare(shop)
    fan_out()
    Cursor.objects.filter(consumer="notifications.fanout.consume").update(position=0)
    fan_out()
    assert Delivery.objects.count() == 2
