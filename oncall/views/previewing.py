"""What a schedule would be, before it is saved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from oncall import clocks, drawn, layers
from oncall.final import Cover, Shift, final, merged
from oncall.forms import choices
from oncall.forms.scheduling import ScheduleForm
from oncall.models import Schedule
from oncall.written import Said, Wrong
from services.maintenance.wall import crossing, wall

AHEAD: Final = timedelta(days=63)
MOST: Final = 10


def preview_of(form: ScheduleForm, schedule: Schedule | None, now: datetime) -> dict[str, Any]:
    """Return the next hand-offs of what is typed, or the sentences that say why there are none."""
    if not form.can_be_reckoned:
        return {"wrong": True}
    zone = form.cleaned_data["timezone"]
    try:
        written = layers.checked([layer.said for layer in form.layers])
    except Wrong as error:
        return {"errors": [str(error)]}
    if schedule is not None and schedule.timezone == zone:
        written = layers.handed_on(schedule.layers, written, zone, now)
    return _shown(written, schedule, ZoneInfo(zone), now)


def _shown(written: list[Said], schedule: Schedule | None, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    names = choices.names()
    read = layers.read(written, str(zone))
    plan = final(read, _covers(schedule), now, now + AHEAD)
    shifts = merged(plan)
    first = drawn.monday(wall(now, zone).date())
    rows = [drawn.Row("On call", "final", plan)]
    rows += [drawn.Row(layer.name, "layer", final([layer], [], now, now + AHEAD)) for layer in read]
    return {
        "known": True,
        "zone": str(zone),
        "shifts": [_listed(shift, names, zone) for shift in shifts[:MOST]],
        "is_empty": all(not shift.user for shift in shifts),
        "gaps": any(not shift.user for shift in shifts),
        "warnings": clocks.warnings(written, zone, now),
        "weeks": drawn.weeks(rows, names, first, 2, zone, now),
    }


def _covers(schedule: Schedule | None) -> list[Cover]:
    if schedule is None:
        return []
    rows = sorted(schedule.overrides.all(), key=lambda each: (each.created_at, each.number))
    return [Cover(each.start, each.end, str(each.user_id)) for each in rows]


def _listed(shift: Shift, names: dict[str, str], zone: ZoneInfo) -> Said:
    return {
        "start": shift.start,
        "end": shift.end,
        "name": names.get(shift.user, "Somebody who left") if shift.user else "",
        "crossing": crossing(shift.start, shift.end, zone) if shift.end - shift.start < AHEAD else [],
    }
