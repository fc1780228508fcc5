"""What will go wrong: times when nobody is on call, people who cannot be reached, steps that tell nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accounts.models import User
from oncall import channels, steps, who
from oncall.final import Shift, merged
from oncall.models import EscalationPolicy, Override, Schedule, Team
from oncall.people import by_id
from oncall.reach import why_not
from services.maintenance.wall import spoken

LOOKED_AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - what it is
    """One thing to mend. ``kind``: ``gap``, ``unreachable``, ``policy`` or ``step``.

    ``schedule`` or ``policy`` is where, ``user`` who, ``start`` when it first matters. In ``gaps`` nobody is on call.
    """

    kind: str
    message: str
    start: datetime
    schedule: Schedule | None = None
    policy: EscalationPolicy | None = None
    user: User | None = None
    gaps: tuple[Shift, ...] = ()


def warnings(now: datetime, team: Team | None = None) -> list[Warning]:
    """Return what the next 14 days lack, of ``team`` alone where one is given."""
    rows = Schedule.objects.select_related("team").prefetch_related("editions").order_by("name")
    policies = EscalationPolicy.objects.filter(enabled=True).prefetch_related("services").order_by("position", "name")
    if team is not None:
        rows, policies = rows.filter(team=team), policies.filter(team=team)
    standing = who.standing(now)
    return [
        *(each for row in rows for each in of_schedule(row, now, standing.get(row.pk, ()))),
        *_of_policies(list(policies), now),
    ]


def of_schedule(schedule: Schedule, now: datetime, overrides: Iterable[Override] | None = None) -> list[Warning]:
    """Return what a schedule lacks in the next 14 days; ``overrides`` are its own, where they have been read."""
    plan = merged(schedule.shifts(now, now + LOOKED_AHEAD, overrides))
    return [*_gaps(schedule, plan), *_unreachable(schedule, plan)]


def _gaps(schedule: Schedule, plan: Iterable[Shift]) -> Iterator[Warning]:
    gaps = tuple(shift for shift in plan if not shift.user)
    if gaps:
        lasting = spoken(sum((gap.end - gap.start for gap in gaps), timedelta(0)))
        said = f"Nobody is on call by {schedule} for {lasting} of the next {LOOKED_AHEAD.days} days."
        yield Warning("gap", said, gaps[0].start, schedule, gaps=gaps)


def _unreachable(schedule: Schedule, plan: Iterable[Shift]) -> Iterator[Warning]:
    first: dict[str, datetime] = {}
    for shift in plan:
        first.setdefault(shift.user, shift.start)
    for user in by_id(first, with_ways=True).values():
        if why := why_not(user):
            said = f"{why} They are on call by {schedule}."
            yield Warning("unreachable", said, first[str(user.pk)], schedule, user=user)


def _of_policies(policies: list[EscalationPolicy], now: datetime) -> Iterator[Warning]:
    people = by_id(_named(policies, "user"), with_ways=True)
    places = channels.all_names() if _named(policies, "channel") else {}
    for policy in policies:
        if not policy.every_service and not policy.services.all():
            said = f"{policy} counts for nothing: the services that it was for have been deleted."
            yield Warning("policy", said, now, None, policy)
        for number, target in steps.targets(policy.steps, "user"):
            user = people.get(target)
            if why := why_not(user) if user else "The account has been deleted.":
                yield Warning("step", f"Step {number} of {policy} does not reach them. {why}", now, None, policy, user)
        for number, target in steps.targets(policy.steps, "channel"):
            if target not in places:
                said = f"Step {number} of {policy} names a channel that was deleted, is off, or tells outsiders."
                yield Warning("step", said, now, None, policy)


def _named(policies: Iterable[EscalationPolicy], kind: str) -> set[str]:
    return {target for policy in policies for _, target in steps.targets(policy.steps, kind)}
