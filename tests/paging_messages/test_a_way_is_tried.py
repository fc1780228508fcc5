"""A test goes by one way to one person, once, and whoever asked is told how it ended."""

from __future__ import annotations

import pytest
from django.core import mail

from events.kinds import Kind
from events.models import Event
from notifications.kinds import Purpose, State
from notifications.models import Delivery
from notifications.paging.trying import trial
from tests.channels.sink import sinking
from tests.oncall.people import somebody, way

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_arrives_there_and_nowhere_else() -> None:
    ada = somebody("Ada")
    way(ada, "other@example.org")
    assert trial(way(ada, "night@example.org", label="Night"), by=ada.actor) == ""
    [sent] = mail.outbox
    assert sent.to == ["night@example.org"]
    assert "Test of “Night”" in sent.subject
    assert Event.objects.filter(kind=Kind.CONTACT_WAY_TESTED, subject_name="Ada: Night").count() == 1


def test_why_it_failed_is_said_and_it_is_not_tried_again() -> None:
    ada = somebody("Ada")
    with sinking() as sink:
        sink.status = 503
        assert "It answered 503." in trial(way(ada, sink.url), by=ada.actor)
    delivery = Delivery.objects.get(purpose=Purpose.TEST)
    assert (delivery.status, delivery.next_attempt_at) == (State.FAILED, None)
