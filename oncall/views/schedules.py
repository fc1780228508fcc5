"""A schedule: its weeks drawn and written, who stands in for whom, its calendar for other programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from accounts.models import User
from oncall import ahead, drawn, who
from oncall.final import OVERRIDE, Shift
from oncall.forms.covering import value
from oncall.layers import YEARS
from oncall.links import calendar_url
from oncall.models import Schedule
from oncall.models.schedule.reading import covers
from oncall.outlook import layer_shifts
from oncall.overruled import standings
from oncall.sentences import GONE, hours, turns
from oncall.written import Said
from services.maintenance.wall import wall

SPANS: Final = {"2": 2, "5": 5}


@require_safe
@never_cache
def schedule_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show two weeks, or five, on the viewer's clock."""
    schedule = get_object_or_404(Schedule.objects.prefetch_related("editions", "overrides"), pk=pk)
    now, zone = timezone.now(), timezone.get_current_timezone()
    number = SPANS.get(request.GET.get("weeks", ""), 2)
    first = drawn.monday(_asked(request.GET.get("from", "")) or wall(now, zone).date())
    start, end = drawn.midnight(first, zone), drawn.midnight(first + number * drawn.WEEK, zone)
    plan, names = who.whole_shifts(schedule, start, end), _names(schedule)
    context = {
        "schedule": schedule,
        "now": now,
        "zone": str(zone),
        "on_call": who.on_call(schedule, now),
        "warnings": ahead.of_schedule(schedule, now),
        "weeks": drawn.weeks(rows_of(schedule, plan, start, end), names, first, number, zone, now),
        "over": [_listed(shift, names, now) for shift in plan if shift.end <= now],
        "shifts": [_listed(shift, names, now) for shift in plan if shift.end > now],
        "layers": [_told(layer, names) for layer in schedule.layers],
        "overrides": standings(
            schedule.overrides.filter(end__gt=now).select_related("user", "replaces").order_by("start", "number")
        ),
        "feed": calendar_url(schedule),
        **_around(first, number, now),
    }
    return render(request, "oncall/schedule.html", context)


def rows_of(schedule: Schedule, plan: list[Shift], start: datetime, end: datetime) -> list[drawn.Row]:
    """Return what is drawn of a schedule: what holds, then what it is made of."""
    stand_ins = [Shift(each.start, each.end, each.user, OVERRIDE) for each in covers(schedule.overrides.all())]
    layers = [drawn.Row(name, "layer", shifts) for name, shifts in layer_shifts(schedule, start, end)]
    return [drawn.Row("On call", "final", plan), drawn.Row("Overrides", "override", stand_ins), *layers]


def _names(schedule: Schedule) -> dict[str, str]:
    """Return what people are called, those of the schedule first: in this order they have their tints."""
    own = [person for layer in schedule.layers for person in layer["participants"]]
    everybody = {str(user.pk): str(user) for user in User.objects.all()}
    return {person: everybody[person] for person in own if person in everybody} | everybody


def _asked(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _around(first: date, number: int, now: datetime) -> dict[str, Any]:
    """Return where the weeks before and after are."""
    return {
        "first": first,
        "number": number,
        "last": first + number * drawn.WEEK - drawn.DAY,
        "before": first - number * drawn.WEEK,
        "after": first + number * drawn.WEEK,
        "is_now": first == drawn.monday(wall(now, timezone.get_current_timezone()).date()),
    }


def _listed(shift: Shift, names: dict[str, str], now: datetime) -> Said:
    return {
        "shift": shift,
        "name": names.get(shift.user, GONE),
        "value": value(shift),
        "is_over": shift.end <= now,
        "in_one_day": timezone.localdate(shift.start) == timezone.localdate(shift.end),
        "is_now": shift.start <= now < shift.end,
        "is_override": shift.layer == OVERRIDE,
    }


def _told(layer: Said, names: dict[str, str]) -> Said:
    people = [names.get(person, GONE) for person in layer["participants"]]
    return {"name": layer["name"], "turns": turns(layer), "people": people, "hours": hours(layer["restrictions"])}
