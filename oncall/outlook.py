"""Who is on call now and who comes next, for pages that show many schedules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accounts.models import User
from oncall import who
from oncall.final import Shift, final, merged
from oncall.models import Schedule
from oncall.people import by_id

AHEAD: Final = who.AHEAD[-1]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A schedule, who is on call by it, and the shift after; ``then`` is None where there is none in two months.

    ``planned`` is whom the plan names, who may be somebody whom nothing reaches.
    """

    schedule: Schedule
    on_call: who.OnCall
    planned: User | None
    then: Shift | None
    next_user: User | None


def outlooks(now: datetime) -> list[Outlook]:
    """Return all schedules, those of teams first, each with now and next."""
    found = who.current(at=now)
    standing = who.standing(now)
    plans = [merged(each.schedule.shifts(now, now + AHEAD, standing.get(each.schedule.pk, ()))) for each in found]
    people = by_id(shift.user for plan in plans for shift in plan[:2])
    rows = [
        Outlook(
            each.schedule,
            each.on_call,
            people.get(plan[0].user) if plan else None,
            plan[1] if len(plan) > 1 else None,
            people.get(plan[1].user) if len(plan) > 1 else None,
        )
        for each, plan in zip(found, plans, strict=True)
    ]
    return sorted(rows, key=lambda row: (row.schedule.team is None, str(row.schedule.team or ""), row.schedule.name))


def mine(user: User, now: datetime) -> list[tuple[Schedule, Shift]]:
    """Return, by each schedule, the shift that ``user`` has now or next within two weeks; the nearest first."""
    standing = who.standing(now)
    rows = Schedule.objects.prefetch_related("editions")
    plans = ((row, merged(row.shifts(now, now + timedelta(days=14), standing.get(row.pk, ())))) for row in rows)
    nearest = ((row, next((shift for shift in plan if shift.user == str(user.pk)), None)) for row, plan in plans)
    return sorted(((row, shift) for row, shift in nearest if shift), key=lambda pair: pair[1].start)


def at_once(now: datetime) -> list[who.Current]:
    """Return who is on call at ``now``, for every page; where there is no schedule it costs one question."""
    return who.current(at=now) if Schedule.objects.exists() else []


def layer_shifts(schedule: Schedule, start: datetime, end: datetime) -> list[tuple[str, list[Shift]]]:
    """Return what each layer says by itself in ``[start, end)``, the highest first, those of former editions last."""
    found: dict[str, list[Shift]] = {}
    editions = sorted(schedule.editions.all(), key=lambda edition: edition.valid_from)
    for edition, ends in reversed([*zip(editions, [*(later.valid_from for later in editions[1:]), end], strict=True)]):
        begins, until = max(edition.valid_from, schedule.created_at, start), min(ends, end)
        for layer in edition.read():
            pieces = final([layer], [], begins, until) if begins < until else []
            found[layer.name] = pieces + found.get(layer.name, [])
    return [(name, [shift for shift in shifts if shift.user]) for name, shifts in found.items()]
