"""What went out long ago is forgotten, what failed is kept, and the figures remember both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.kinds import Lane, State
from notifications.lateness import waiting
from notifications.metrics import collect, ended
from notifications.models import Announcement, Delivery
from notifications.pruning import prune
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, reader, to_all

pytestmark = pytest.mark.django_db

AFTER = START + timedelta(days=91)


def test_sent_ones_go_and_failed_ones_stay(engine: Engine, mails: MailServer) -> None:
    to_all(reader("ann@example.org"), reader("rcpt-550.ben@example.org"))
    engine.run()
    assert prune(START + timedelta(days=89)) == 0
    before = ended()
    assert prune(AFTER) == 1
    assert list(Delivery.objects.values_list("status", flat=True)) == [State.FAILED]
    assert ended() == before == {("email", "SENT"): 1, ("email", "FAILED"): 1}


def test_words_go_with_the_last_that_was_sent_them(engine: Engine, mails: MailServer) -> None:
    to_all(reader("ann@example.org"))
    engine.run()
    prune(AFTER)
    assert not Announcement.objects.exists()


def test_what_waits_is_never_forgotten() -> None:
    to_all(reader("ann@example.org"))
    assert prune(AFTER) == 0
    assert Delivery.objects.count() == 1


def test_the_age_of_each_queue_is_told() -> None:
    to_all(reader("ann@example.org"))
    to_all(reader("ben@example.org"), lane=Lane.BULK)
    found = waiting(START + timedelta(seconds=30))
    assert found[Lane.URGENT] == found[Lane.BULK] == (1, 30.0)
    assert found[Lane.RETRY] == (0, 0.0)


def test_strangers_see_no_figure_that_moves_with_what_insiders_do() -> None:
    assert list(collect(False)) == []
    assert {family.name for family in collect(True)} >= {
        "opstatus_notifications_sent",
        "opstatus_notifications_oldest_age_seconds",
    }


def test_what_has_not_happened_yet_is_counted_as_0() -> None:
    found = {family.name: family.samples for family in collect(True)}
    sent = {tuple(sample.labels.values()): sample.value for sample in found["opstatus_notifications_sent"]}
    assert sent["email", "failed"] == sent["webhook", "sent"] == 0
    assert {sample.value for sample in found["opstatus_oncall_notifications_sent"]} == {0}
