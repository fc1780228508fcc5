"""How windows come to stand in the plan: one, and those that a series makes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from events.command import Tell
from events.kinds import Kind
from events.locking import lock
from services.maintenance.lifecycle import Stage
from services.maintenance.limits import check_rule
from services.maintenance.rule import clean
from services.maintenance.wall import wall
from services.models.maintenance.series import MaintenanceSeries
from services.models.maintenance.window import Window
from services.models.service import Service


class Planning(Window):
    """What the verbs that plan share. Each is called inside a command."""

    class Meta:
        abstract = True

    def enter(self, tell: Tell, services: Sequence[Service], *, ahead: bool = False) -> None:
        """Insert the row and tell it; ``ahead`` says that a series made it and nobody just asked for it."""
        self.created_at = tell.now
        self._arm(tell.now)
        self._keep(tell, insert=True)
        self.services.set(services)
        data = {"message": self.description, "repeats": self.repeats, "planned_ahead": ahead}
        self._tell(tell, Kind.MAINTENANCE_SCHEDULED, data)

    def _begin_series(self, rule: str, services: Sequence[Service]) -> None:
        """Make this, unsaved, the first window of a series. Raises ``ValidationError``."""
        found = check_rule(rule, self.scheduled_start, self.scheduled_end, self.zone)
        series = MaintenanceSeries(
            rule=clean(rule),
            timezone=self.timezone,
            anchor=wall(self.scheduled_start, self.zone).isoformat(timespec="seconds"),
            length=self.scheduled_end - self.scheduled_start,
            next_slot=found[1].start if len(found) > 1 else None,
            **{name: getattr(self, name) for name in MaintenanceSeries.PATTERN},
        )
        series.full_clean()
        series.save(force_insert=True)
        series.services.set(services)
        self.series, self.slot, self.recurrence = series, found[0].start, series.rule

    def _plan_ahead(self, tell: Tell) -> None:
        """Plan the next windows of the series that this one belongs to, if any."""
        if self.series is not None:
            top_up(self.series, tell)


def top_up(series: MaintenanceSeries, tell: Tell) -> None:
    """Plan as many windows as should stand ahead, inside a command. A series without services comes to its end."""
    lock(series)
    services = list(Service.objects.select_for_update(no_key=True).filter(id__in=series.services.all()).order_by("id"))
    if not services:
        series.next_slot = None
    taken = set(series.windows.values_list("slot", flat=True))
    for at in series.wanted(tell.now, series.windows.filter(status=Stage.SCHEDULED).count()):
        if at not in taken:
            _follow(series, at).enter(tell, services, ahead=True)
    series.save()


def _follow(series: MaintenanceSeries, at: datetime) -> Planning:
    window: Planning = series.windows.model(
        scheduled_start=at,
        scheduled_end=at + series.length,
        timezone=series.timezone,
        recurrence=series.rule,
        series=series,
        slot=at,
        **{name: getattr(series, name) for name in MaintenanceSeries.PATTERN},
    )
    return window


def hold_series(window: Window) -> None:
    """Lock the series that a window belongs to: before the window itself, as everywhere."""
    if window.series is not None:
        lock(window.series)
