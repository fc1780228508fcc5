"""Who is on call: the one place that says so, for pages, console, API and calendars alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import QuerySet

from accounts.models import User
from oncall import channels
from oncall.final import Shift, merged
from oncall.models import EscalationPolicy, Override, Schedule, Team
from oncall.people import by_id
from oncall.reach import what_fails, why_not
from oncall.severities import reaches

__all__ = [
    "Current",
    "OnCall",
    "Resolved",
    "Shift",
    "current",
    "on_call",
    "policies_for",
    "resolve",
    "shifts",
    "standing",
    "whole_shifts",
]

log = structlog.get_logger(__name__)
# How far ahead the end of somebody's time is looked for, nearest first.
AHEAD = (timedelta(days=1), timedelta(days=8), timedelta(days=63))
# How far beyond what is asked for hand-offs are looked for.
MARGIN = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who can be reached at an instant by a schedule.

    ``user`` is None where nobody is on call, or who is cannot be reached: ``warning`` says which, and who; it also
    names ways to them that fail. ``until`` is when that changes; None where it does not within two months.
    """

    user: User | None
    until: datetime | None
    layer: str
    warning: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a target of a step reaches at an instant: people, a channel's id, or nobody, and then why."""

    users: list[User] = field(default_factory=list)
    channel: str | None = None
    why_nobody: str = ""


@dataclass(frozen=True, slots=True)
class Current:
    """A schedule, and who is on call by it."""

    schedule: Schedule
    on_call: OnCall


def shifts(schedule: Schedule, start: datetime, end: datetime) -> list[Shift]:
    """Return who is on call in ``[start, end)``, in order and without holes: a gap is a shift without user.

    It says what the plan is; whether these people can be reached says :func:`on_call`. Before the schedule was made
    there was none. (Whom to page is asked without that: a clock that was set back leaves nobody unpaged.)
    """
    return schedule.shifts(max(start, schedule.created_at), end)


def whole_shifts(schedule: Schedule, start: datetime, end: datetime) -> list[Shift]:
    """Return the shifts that meet ``[start, end)`` from their hand-off to the next, whatever the clock says meanwhile.

    One that lasts longer than :data:`MARGIN` beyond is cut at a midnight.
    """
    first, last = (at.replace(hour=0, minute=0, second=0, microsecond=0) for at in (start, end))
    found = shifts(schedule, first - MARGIN, last + MARGIN)
    return [shift for shift in found if shift.start < end and shift.end > start]


def on_call(schedule: Schedule, at: datetime) -> OnCall:
    """Return who is on call at the aware ``at`` and can be reached."""
    now, until = _stretch(schedule, at, _coming(at).filter(schedule=schedule))
    return _found(schedule, now, until, by_id([now.user], with_ways=True).get(now.user))


def current(team: Team | None = None, *, at: datetime) -> list[Current]:
    """Return who is on call at ``at`` by each schedule, of ``team`` alone where one is given.

    It asks the database a fixed number of questions, however many schedules there are.
    """
    rows = Schedule.objects.select_related("team").prefetch_related("editions").order_by("name")
    overrides = standing(at)
    meant = rows if team is None else rows.filter(team=team)
    held = [(schedule, *_stretch(schedule, at, overrides.get(schedule.pk, ()))) for schedule in meant]
    people = by_id((now.user for _, now, _ in held), with_ways=True)
    return [Current(row, _found(row, now, until, people.get(now.user))) for row, now, until in held]


def standing(at: datetime) -> Mapping[UUID, list[Override]]:
    """Return, by schedule, the overrides that hold at ``at`` or within two months after."""
    found: defaultdict[UUID, list[Override]] = defaultdict(list)
    for override in _coming(at):
        found[override.schedule_id].append(override)
    return found


def resolve(target: Mapping[str, str], at: datetime) -> Resolved:
    """Return whom a target of a step reaches at ``at``: ``{"schedule": id}``, ``{"user": id}``, ``{"channel": id}``.

    What is not there any more, or cannot be read, reaches nobody.
    """
    kind, named = next(iter(target.items()), ("", ""))
    by = {"schedule": _by_schedule, "user": _by_user, "channel": _by_channel}
    if kind not in by:
        return Resolved(why_nobody="The step names nobody.")
    try:
        return by[kind](named, at)
    except (ValidationError, ValueError):
        return Resolved(why_nobody=f"The step names a {kind} that is none.")
    except DatabaseError:
        raise
    except Exception:
        # Whatever it is, the others of the step and those after it must still be told.
        log.exception("target_not_resolved", kind=kind, named=named)
        return Resolved(why_nobody=f"The {kind} of the step cannot be read.")


def policies_for(service_ids: Iterable[object], severity: str, at: datetime) -> list[EscalationPolicy]:
    """Return the policies that count for something on these services, by position; at most one of a team.

    Those that are on, reach this severity and work at ``at``. Within a team one that names a service goes before one
    for all of them.
    """
    touched = {str(service) for service in service_ids}
    rows = EscalationPolicy.objects.filter(enabled=True).select_related("team").prefetch_related("services")
    meant = [row for row in rows if reaches(severity, row.severity) and _works(row, at) and row.is_for(touched)]
    first = {_of_team(row): row for row in sorted(meant, key=_urgency, reverse=True)}
    return sorted(first.values(), key=_urgency)


def _found(schedule: Schedule, now: Shift, until: datetime | None, user: User | None) -> OnCall:
    if user is None:
        return OnCall(None, until, now.layer, f"Nobody is on call by {schedule}.")
    why = why_not(user)
    return OnCall(None if why else user, until, now.layer, why or what_fails(user))


def _coming(at: datetime) -> QuerySet[Override]:
    return Override.objects.filter(start__lt=at + AHEAD[-1], end__gt=at)


def _stretch(schedule: Schedule, at: datetime, overrides: Iterable[Override]) -> tuple[Shift, datetime | None]:
    known = list(overrides)
    for ahead in AHEAD:
        plan = merged(schedule.shifts(at, at + ahead, known))
        if len(plan) > 1:
            return plan[0], plan[0].end
    return plan[0] if plan else Shift(at, at, "", ""), None


def _by_schedule(named: str, at: datetime) -> Resolved:
    schedule = Schedule.objects.filter(pk=named).prefetch_related("editions").first()
    if schedule is None:
        return Resolved(why_nobody="The schedule has been deleted.")
    found = on_call(schedule, at)
    return Resolved([found.user]) if found.user else Resolved(why_nobody=found.warning)


def _by_user(named: str, _at: datetime) -> Resolved:
    user = User.objects.filter(pk=named).prefetch_related("contact_ways").first()
    if user is None:
        return Resolved(why_nobody="The account has been deleted.")
    why = why_not(user)
    return Resolved(why_nobody=why) if why else Resolved([user])


def _by_channel(named: str, _at: datetime) -> Resolved:
    if named not in channels.all_names():
        return Resolved(why_nobody="The channel has been deleted or switched off, or tells outsiders.")
    return Resolved(channel=named)


def _works(policy: EscalationPolicy, at: datetime) -> bool:
    """Say whether it works at ``at``; one whose hours cannot be read pages too often rather than never."""
    try:
        return policy.works_at(at)
    except Exception:
        log.exception("policy_hours_not_read", policy=str(policy.pk))
        return True


def _urgency(policy: EscalationPolicy) -> tuple[bool, int, str]:
    return policy.every_service, policy.position, policy.name


def _of_team(policy: EscalationPolicy) -> str:
    return str(policy.team_id or "")
