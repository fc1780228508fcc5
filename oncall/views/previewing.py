"""What a schedule would be, before it is saved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from oncall import clocks, drawn, layers
from oncall.final import Shift, final, merged
from oncall.forms import choices
from oncall.forms.scheduling import ScheduleForm
from oncall.models import Schedule
from oncall.sentences import GONE
from oncall.written import Said
from services.maintenance.wall import crossing, wall

AHEAD: Final = timedelta(days=63)
MOST: Final = 10


def preview_of(form: ScheduleForm, schedule: Schedule | None, now: datetime) -> dict[str, Any]:
    """Return the next hand-offs of what is typed, or the sentences that say why there are none."""
    if not form.can_be_reckoned:
        return {"wrong": True}
    plan, zone = schedule or Schedule(), form.cleaned_data["timezone"]
    try:
        planned = plan.planned([layer.said for layer in form.layers], zone, now)
    except ValidationError as error:
        return {"errors": error.messages}
    return _shown(planned, plan.laid_over(planned, zone, now, now + AHEAD), ZoneInfo(zone), now)


def _shown(written: list[Said], plan: list[Shift], zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    names, shifts = choices.names(), merged(plan)
    first = drawn.monday(wall(now, zone).date())
    rows = [drawn.Row("On call", "final", plan)]
    read = layers.read(written, str(zone))
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


def _listed(shift: Shift, names: dict[str, str], zone: ZoneInfo) -> Said:
    return {
        "start": shift.start,
        "end": shift.end,
        "name": names.get(shift.user, GONE) if shift.user else "",
        "crossing": crossing(shift.start, shift.end, zone) if shift.end - shift.start < AHEAD else [],
    }
