"""Pages and whom they told are forgotten with the alerts; the timeline keeps saying it, and the figures do not fall."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from accounts.models import User
from alerts import pruning
from alerts.models import Page, Paged
from alerts.paging.metrics import collect
from oncall.models import EscalationPolicy
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, notes


def test_whom_pages_told_goes_and_what_stays(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    old, present = declare("Old"), declare("Open")
    clock.to("12:00")
    inbox.holds("12:00 Ada: step", "12:00 Ada: step")
    for incident in (old, present):
        incident.acknowledge(by=ada.actor, now=NOON)
    old.resolve(by=ada.actor, now=NOON)
    figures = [metric.samples for metric in collect(True)]
    assert pruning.prune(NOON + timedelta(days=settings.RETENTION_ALERTS)) == 0
    assert pruning.prune(NOON + timedelta(days=settings.RETENTION_ALERTS, seconds=1)) == 2
    assert [line.incident for line in Paged.objects.all()] == [present]
    assert [page.incident for page in Page.objects.all()] == [present]
    assert notes(old) == ["Paged Ada by email (step 1 of 3)."]
    assert [metric.samples for metric in collect(True)] == figures


def test_what_was_forgotten_in_part_can_be_paged_again(
    all_three: EscalationPolicy,
    ada: User,
    declare: Declare,
    clock: Clock,
    inbox: Inbox,
) -> None:
    incident = declare()
    clock.to("12:05")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step")
    incident.resolve(by=ada.actor, now=clock.now)
    Paged.objects.filter(number=1).delete()
    incident.reopen(by=ada.actor, now=clock.now)
    clock.to("12:06")
    inbox.holds("12:05 Ada: step")


def test_a_page_that_runs_is_never_forgotten(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    incident.resolve(by=ada.actor, now=NOON)
    # As no verb of ours leaves it.
    Page.objects.update(state=Page.State.RUNNING, next_at=NOON)
    pruning.prune(NOON + timedelta(days=settings.RETENTION_ALERTS, seconds=1))
    assert Page.objects.filter(incident=incident).count() == 1
