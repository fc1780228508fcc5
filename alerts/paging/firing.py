"""Firing what is due: look again, write whom it tells and what comes next, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Final, cast

from accounts.models import User
from alerts.models.page import Page
from alerts.paging import wording
from alerts.paging.apart import apart
from alerts.paging.course import START, Course, after_firing, climb, is_past_the_last
from alerts.paging.reasons import Reason
from alerts.paging.starting import begin_matching
from alerts.paging.taking import take
from alerts.paging.telling import PAGING, Passed, said, tell_of_page, tell_people
from alerts.paging.twice import told_by_others
from alerts.paging.whom import Whom, admins, of_step
from events.command import Tell, command
from events.kinds import Kind
from incidents.models import Incident

# So often a page that waits for the end of maintenance looks again.
HOLD: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Shot:
    """What fires now: where, whom it tells, and the steps that were passed on the way."""

    course: Course
    whom: Whom
    passed: Passed


@dataclass(frozen=True, slots=True)
class Spent:
    """Nobody is left; these steps were passed on the way there."""

    passed: Passed


def fire(page: Page, now: datetime) -> bool:
    """Do what is due of a page that runs. Return whether there was anything to do."""
    with command(PAGING, now=now) as tell:
        incident = take(page, Page.State.RUNNING, tell)
        if incident is None:
            return False
        if not incident.is_open or incident.acknowledged:
            _end(page, Page.State.ACKNOWLEDGED if incident.is_open else Page.State.RESOLVED, tell)
        elif services := in_maintenance(incident):
            _wait(incident, page, services, tell)
        elif page.owed and apart(lambda: begin_matching(incident, tell), incident, tell):
            # Those that have begun take over; where no policy counts, nobody is to be paged.
            _end(page, Page.State.RESOLVED, tell)
        else:
            _advance(incident, page, tell)
        page.save()
    return True


def fire_by_hand(incident: Incident, page: Page, tell: Tell) -> None:
    """Fire the next step now, whatever its time and whoever has answered. The caller holds both.

    A page that has come to its end begins anew. One that somebody has acknowledged stays so: it only reaches further.
    """
    shot = _aim(page, tell.now)
    if isinstance(shot, Spent):
        page.put(START)
        # From the start somebody is always told: the admins, if there is nobody else.
        shot = cast("Shot", _aim(page, tell.now))
    if not incident.acknowledged:
        page.state, page.ended_at = Page.State.RUNNING, None
    _shoot(incident, page, shot, tell, by_hand=True)
    page.save()


def in_maintenance(incident: Incident) -> list[str]:
    """Return the services that hold a page up: all of the incident's, or none while one of them is not at rest."""
    rows = list(incident.affected.values_list("service__name", "service__in_maintenance"))
    return [name for name, _ in rows] if all(resting for _, resting in rows) else []


def _advance(incident: Incident, page: Page, tell: Tell) -> None:
    shot = _aim(page, tell.now)
    if isinstance(shot, Spent):
        _give_up(incident, page, shot.passed, tell)
    else:
        _shoot(incident, page, shot, tell, by_hand=False)


def _aim(page: Page, now: datetime) -> Shot | Spent:
    """Find who is told now: people are looked up when their step fires, not before."""
    plan = page.plan
    found = cache(lambda step: of_step(plan.steps[step], now))
    reached = climb(plan, page.course, lambda step: bool(found(step)))
    passed = [(course, found(course.step)) for course in reached.passed]
    if reached.course is None:
        return Spent(passed)
    fallback = is_past_the_last(plan, reached.course)
    return Shot(reached.course, admins() if fallback else found(reached.course.step), passed)


def _shoot(incident: Incident, page: Page, shot: Shot, tell: Tell, *, by_hand: bool) -> None:
    fallback = is_past_the_last(page.plan, shot.course)
    reason = Reason.FALLBACK if fallback else Reason.BY_HAND if by_hand else Reason.STEP
    told = told_by_others(incident, page, tell.now, by_hand=by_hand)
    spared = {user: told[user.pk] for user in shot.whom.users if user.pk in told}
    note = " ".join([*_sentences(page, shot.passed), _line(page, shot, reason, tell.now, spared)])
    follows = after_firing(page.plan, shot.course)
    page.put(follows.course)
    page.fired_at, page.fired, page.held = tell.now, page.fired + 1, False
    if page.state == Page.State.RUNNING:
        page.next_at = tell.now + follows.delay
    about = partial(tell_people, page=page, course=shot.course, passed=shot.passed, spared=spared)
    about(incident, shot.whom, tell, reason=reason, note=note)


def _give_up(incident: Incident, page: Page, passed: Passed, tell: Tell) -> None:
    note = " ".join([*_sentences(page, passed), wording.unanswered(page.name, page.fired, _waited(page, tell.now))])
    _end(page, Page.State.UNANSWERED, tell)
    tell_of_page(incident, page, Kind.ONCALL_UNANSWERED, tell, note, passed)


def _wait(incident: Incident, page: Page, services: list[str], tell: Tell) -> None:
    """Look again soon; that it waits is said once."""
    page.next_at = tell.now + HOLD
    if page.held:
        tell.nothing()
        return
    page.held = True
    tell_of_page(incident, page, Kind.ONCALL_HELD, tell, wording.held(services))


def _end(page: Page, state: Page.State, tell: Tell) -> None:
    page.state, page.next_at, page.ended_at = state, None, tell.now
    tell.nothing()


def _line(page: Page, shot: Shot, reason: Reason, now: datetime, spared: Mapping[User, str]) -> str:
    called = said(shot.whom.without(spared)) or (wording.NOBODY_ELSE if spared else "")
    line = _told(page, shot.course, reason, called, now)
    again = [wording.told_already(str(user), by) for user, by in spared.items()]
    others = [wording.besides(shot.whom.whys)] if shot.whom.whys and reason is not Reason.FALLBACK else []
    return " ".join([line, *again, *others])


def _told(page: Page, course: Course, reason: Reason, whom: str, now: datetime) -> str:
    before, policy = _silence(page, now), page.named_beside_others
    if reason is Reason.FALLBACK:
        return wording.fell_back(whom, before, policy)
    place = wording.Place(course.step + 1, len(page.plan.steps), course.round + 1, policy)
    return wording.escalated(whom, place) if reason is Reason.BY_HAND else wording.step_fired(whom, place, before)


def _sentences(page: Page, passed: Passed) -> list[str]:
    policy = page.named_beside_others if passed else ""
    return [wording.passed(course.step + 1, whom.whys, policy) for course, whom in passed]


def _silence(page: Page, now: datetime) -> wording.Silence | None:
    waited = _waited(page, now)
    return None if waited is None else wording.Silence(waited, page.told_last() if page.named_beside_others else ())


def _waited(page: Page, now: datetime) -> timedelta | None:
    return now - page.fired_at if page.fired_at else None
