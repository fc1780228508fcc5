from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from services.models import Service
from services.uptime import DAY, floor
from statuspage import publisher
from statuspage.models import Published
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import HOUR, plan

pytestmark = pytest.mark.django_db


def tells_of_it() -> bool:
    body = bytes(Published.objects.get(path="/status/services/checkout-api").body)
    assert (b"Long ago" in body) == (b"Old work" in body)
    return b"Long ago" in body


def test_what_is_ninety_days_old_leaves_at_midnight_and_not_before() -> None:
    midnight = floor(timezone.now(), DAY)
    with time_machine.travel(midnight, tick=False) as clock:
        checkout = Service.add(by=ANN, name="Checkout API", public=True, now=midnight - timedelta(days=100))
        ago = midnight - timedelta(days=90) + HOUR
        Incident.declare(by=ANN, title="Long ago", severity="low", services={checkout: None}, now=ago).resolve(
            by=ANN, now=ago + HOUR
        )
        window = plan("Old work", checkout, begins=HOUR, now=ago - HOUR)
        window.start(by=ANN, now=ago)
        window.complete(by=ANN, now=ago + HOUR)
        relay_all()
        clock.shift(13 * HOUR)
        checkout.edit(by=ANN, changes={"description": "Takes money."})
        relay_all()
        assert tells_of_it()
        clock.shift(11 * HOUR)
        assert publisher.tick() > 0
        assert not tells_of_it()
