"""Who asks for other things by now is not sent what waits; who has asked for it twice is."""

from __future__ import annotations

from typing import Any

import pytest

from events.actors import SYSTEM, Actor
from events.relay import drain
from incidents.models import Incident
from notifications.choice import Choice
from notifications.kinds import FANOUT, Mode, State
from notifications.models import Delivery, Subscriber
from services.models import Service
from tests.fanout.conftest import nobody_hears_the_bell  # noqa: F401 - a fixture
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, channel, reader
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")


@pytest.fixture
def shop() -> Service:
    return Service.add(by=SYSTEM, name="Shop", public=True, now=START)


@pytest.fixture
def search() -> Service:
    return Service.add(by=SYSTEM, name="Search", public=True, now=START)


def declare(*services: Service, **fields: Any) -> Incident:
    found = Incident.declare(
        by=ANN, title="Checkout fails", severity="high", services=dict.fromkeys(services), now=START, **fields
    )
    drain(FANOUT)
    return found


def ends(engine: Engine) -> list[tuple[str, str]]:
    engine.run(after=60)
    return list(Delivery.objects.order_by("created_at").values_list("status", "error_code"))


def test_of_other_services(shop: Service, search: Service, engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org")
    declare(shop)
    ann.change(Choice([search]), by=SYSTEM, now=START)
    assert ends(engine) == [(State.DROPPED, "unwanted")]
    assert not mails.asked


def test_of_fewer_services_that_it_is_about_still(
    shop: Service, search: Service, engine: Engine, mails: MailServer
) -> None:
    ann = reader("ann@example.org")
    declare(shop, search)
    ann.change(Choice([search]), by=SYSTEM, now=START)
    assert ends(engine) == [(State.SENT, "")]


def test_only_when_something_begins_and_ends(shop: Service, engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org")
    incident = declare(shop)
    assert ends(engine) == [(State.SENT, "")]
    incident.post_update(by=ANN, message="Hm.", now=START)
    drain(FANOUT)
    ann.change(Choice(mode=Mode.NEW_AND_RESOLVED), by=SYSTEM, now=START)
    assert ends(engine)[1:] == [(State.DROPPED, "unwanted")]


def test_in_one_message_a_day_from_now_on(shop: Service, engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org")
    declare(shop)
    ann.change(Choice(mode=Mode.DIGEST), by=SYSTEM, now=START)
    # The digest begins with what happens afterwards, so nothing else would tell of this.
    assert ends(engine) == [(State.SENT, "")]


def test_another_wish_of_the_address(shop: Service, search: Service, engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org")
    incident = declare(shop)
    incident.post_update(by=ANN, message="Hm.", now=START)
    reader("ann@example.org", incident=incident, scope="incident")
    drain(FANOUT)
    ann.change(Choice([search]), by=SYSTEM, now=START)
    assert {end for end, _ in ends(engine)} == {State.SENT}
    assert Subscriber.objects.count() == 2


def test_a_channel_that_is_for_the_public_by_now_is_told_nothing_internal(
    shop: Service, engine: Engine, web: Sink
) -> None:
    found = channel(web.at("/ok"))
    declare(shop, public=False)
    type(found).objects.update(audience="public")
    assert ends(engine) == [(State.DROPPED, "not_public")]
    assert not web.paths()
