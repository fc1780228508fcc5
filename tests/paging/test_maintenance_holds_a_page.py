"""Nobody is woken for what is being worked on; when the window is over, the page goes on where it stood."""

from __future__ import annotations

from accounts.models import User
from events.actors import SYSTEM
from events.command import command
from oncall.models import EscalationPolicy
from services.models import Service
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, notes


def shelter(service: Service, *, on: bool) -> None:
    """Begin or end maintenance, as a window does."""
    service.refresh_from_db()
    with command(SYSTEM, now=NOON) as tell:
        service.shelter(tell, "Work", on=on)


def test_a_page_waits_and_says_so_once(
    all_three: EscalationPolicy, checkout: Service, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    shelter(checkout, on=True)
    incident = declare()
    clock.to("12:20")
    inbox.holds("12:00 held")
    assert notes(incident) == ["Paging waits: Checkout is in maintenance. It goes on when that is over."]
    shelter(checkout, on=False)
    clock.to("12:20:30")
    inbox.holds("12:20:30 Ada: step")


def test_one_that_runs_goes_on_with_the_step_that_was_due(
    all_three: EscalationPolicy, checkout: Service, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare()
    clock.to("12:01")
    shelter(checkout, on=True)
    clock.to("12:30")
    inbox.holds("12:00 Ada: step", "12:05 held")
    shelter(checkout, on=False)
    clock.to("12:31")
    inbox.holds("12:30:30 Ben: step")
    clock.to("12:35:30")
    inbox.holds("12:35:30 Cy: step")


def test_what_also_concerns_a_service_at_work_is_paged(
    all_three: EscalationPolicy, checkout: Service, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    search = Service.add(by=SYSTEM, name="Search", now=NOON)
    shelter(checkout, on=True)
    declare(services={checkout: None, search: None})
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")


def test_what_concerns_no_service_is_paged(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare(services={})
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")


def test_an_answer_ends_one_that_waits(
    all_three: EscalationPolicy, ada: User, checkout: Service, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    shelter(checkout, on=True)
    incident = declare()
    clock.to("12:01")
    inbox.holds("12:00 held")
    incident.acknowledge(by=ada.actor, now=clock.now)
    shelter(checkout, on=False)
    clock.to("12:10")


def test_a_clock_put_back_lets_it_wait_no_longer_than_the_window(
    all_three: EscalationPolicy, checkout: Service, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    shelter(checkout, on=True)
    declare()
    clock.to("12:01")
    inbox.holds("12:00 held")
    clock.jump("11:00")
    shelter(checkout, on=False)
    clock.to("11:00:30")
    inbox.holds("11:00:30 Ada: step")
