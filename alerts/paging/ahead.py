"""What a page does next, for people to see before it happens. It reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from alerts.models.page import Page
from alerts.paging.course import START, Course, climb, is_past_the_last
from alerts.paging.telling import said
from alerts.paging.whom import admins, of_step


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next firing: when, which step (from 1) of how many in which round, whom it would tell as things stand.

    ``whom`` says it with the ways to them: ``Ada by email and webhook``.
    """

    at: datetime
    step: int
    steps: int
    round: int
    names: Sequence[str]
    whom: str
    fallback: bool


def ahead(page: Page) -> Ahead | None:
    """Return what fires next by itself; None where nothing does."""
    return _aim(page, page.course, page.next_at) if page.climbs and page.next_at else None


def by_hand(page: Page, now: datetime) -> Ahead | None:
    """Return what escalating by hand would fire now: a page that has come to its end begins anew."""
    return _aim(page, page.course, now) or _aim(page, START, now)


def _aim(page: Page, course: Course, at: datetime) -> Ahead | None:
    plan = page.plan
    found = cache(lambda step: of_step(plan.steps[step], at))
    reached = climb(plan, course, lambda step: bool(found(step))).course
    if reached is None:
        return None
    fallback = is_past_the_last(plan, reached)
    whom = admins() if fallback else found(reached.step)
    names = [*map(str, whom.users), *(f"the channel “{name}”" for name in whom.channels.values())]
    return Ahead(at, reached.step + 1, len(plan.steps), reached.round + 1, names, said(whom), fallback)
