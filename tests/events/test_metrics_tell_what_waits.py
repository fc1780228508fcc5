"""``opstatus_events_undispatched``: what a consumer has not read, private things for those alone who may know."""

from __future__ import annotations

import pytest
from django.conf import settings

from events.actors import SYSTEM
from events.command import command
from events.kinds import Kind
from events.metrics import collect
from events.models import Cursor, Event

pytestmark = pytest.mark.django_db
CONSUMER = settings.EVENT_CONSUMERS[0]


def waiting(*, everything: bool) -> float:
    (family,) = collect(everything)
    return next(sample.value for sample in family.samples if sample.labels == {"consumer": CONSUMER})


@pytest.fixture(autouse=True)
def two_events() -> None:
    with command(SYSTEM) as tell:
        tell(Kind.GROUP_CHANGED, subject=("group", 1, "Shop"), public=True)
        tell(Kind.GROUP_CHANGED, subject=("group", 2, "Hidden"))


def test_a_new_consumer_has_everything_before_it() -> None:
    assert waiting(everything=True) == Event.objects.count() == 2


def test_strangers_are_told_of_public_events_alone() -> None:
    assert waiting(everything=False) == 1


def test_what_was_read_waits_no_more() -> None:
    Cursor.objects.update_or_create(consumer=CONSUMER, defaults={"position": Event.objects.latest("id").id})
    assert waiting(everything=True) == 0
