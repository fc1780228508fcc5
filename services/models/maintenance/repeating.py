"""Changing a window of a series and all later ones: the pattern, or the rule by which they come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from events.command import Tell
from events.errors import Refused
from services.maintenance.lifecycle import Stage
from services.maintenance.limits import check_reminder, check_rule, check_times, zone_of
from services.maintenance.rule import clean, parse
from services.maintenance.wall import wall
from services.models.maintenance.changing import Changing
from services.models.maintenance.planning import top_up
from services.models.maintenance.series import MaintenanceSeries
from services.models.maintenance.window import hold
from services.models.saving import put
from services.models.service import Service

RHYTHM = ("scheduled_start", "scheduled_end", "timezone", "recurrence")
GONE = "The series does not come on this day any more."


class Repeating(Changing):
    """What ``edit`` does with ``later``. The caller holds the series and this row."""

    class Meta:
        abstract = True

    def _edit_later(self, tell: Tell, changes: Mapping[str, Any], services: Collection[Service] | None) -> None:
        series = self.series
        if series is None or self.slot is None:
            raise ValidationError({"later": "This window does not repeat: there are no later ones."})
        if self.stage is not Stage.SCHEDULED:
            raise Refused("This window is under way: change the next one and all later ones.")
        if changes.get("recurrence") == "":
            self._stop_repeating(tell, changes, services)
            return
        rows = [self, *self._later()]
        before: list[dict[str, Any]] = [{} for _ in rows]
        held = hold(services) if services is not None else []
        rhythm = {name: value for name, value in changes.items() if name in RHYTHM and getattr(self, name) != value}
        self._put_pattern(series, rows, before, changes, held)
        if rhythm:
            self._put_rhythm(tell, series, rows, before, rhythm)
        for row, was in zip(rows, before, strict=True):
            if row.stage is Stage.SCHEDULED:
                row.keep_changes(tell, was)
        top_up(series, tell)

    def _stop_repeating(self, tell: Tell, changes: Mapping[str, Any], services: Collection[Service] | None) -> None:
        """Let this be the last one: it leaves the series, which ends, and all later ones are cancelled."""
        self._end_series(tell, GONE)
        before = {"recurrence": self.recurrence}
        self.series = self.slot = None
        self.recurrence = ""
        self.edit_alone(tell, changes, services, before)

    def _put_pattern(
        self,
        series: MaintenanceSeries,
        rows: Sequence[Repeating],
        before: Sequence[dict[str, Any]],
        changes: Mapping[str, Any],
        services: Sequence[Service],
    ) -> None:
        pattern = {name: value for name, value in changes.items() if name in MaintenanceSeries.PATTERN}
        check_reminder(pattern.get("remind_before"))
        for row, was in zip(rows, before, strict=True):
            was |= put(row, pattern)
            was |= row.replace_services(services)
        for name, value in pattern.items():
            setattr(series, name, value)
        series.save()
        if services:
            series.services.set(services)

    def _put_rhythm(
        self,
        tell: Tell,
        series: MaintenanceSeries,
        rows: Sequence[Repeating],
        before: Sequence[dict[str, Any]],
        changes: Mapping[str, Any],
    ) -> None:
        """Move the rows to the starts of the new rhythm, in order: a window keeps its id, and so its address."""
        self._turn(series, tell, changes)
        taken = set(series.windows.exclude(pk__in=[row.pk for row in rows]).values_list("slot", flat=True))
        # Two rows may trade places; the database must not see them in one.
        series.windows.filter(pk__in=[row.pk for row in rows]).update(slot=None)
        slots = (at for at in series.starts() if at not in taken)
        for row, was in zip(rows, before, strict=True):
            row.move_to(tell, was, next(slots, None), series)
        series.next_slot = next(slots, None)
        series.save()

    def _turn(self, series: MaintenanceSeries, tell: Tell, changes: Mapping[str, Any]) -> None:
        zone = zone_of(changes.get("timezone", self.timezone))
        start = changes.get("scheduled_start", self.scheduled_start)
        end = changes.get("scheduled_end", self.scheduled_end)
        rule = changes.get("recurrence") or self._rest_of(series)
        check_times(start, end, tell.now)
        check_rule(rule, start, end, zone)
        series.rule, series.timezone, series.length = clean(rule), zone.key, end - start
        series.anchor = wall(start, zone).isoformat(timespec="seconds")

    def _rest_of(self, series: MaintenanceSeries) -> str:
        """Return the rule from this window on: of ten times, those that are left."""
        parts = parse(series.rule)
        if "COUNT" in parts and self.slot is not None:
            passed = sum(1 for _ in _until(series.starts(), self.slot))
            parts["COUNT"] = str(max(int(parts["COUNT"]) - passed, 1))
        return ";".join(f"{name}={value}" for name, value in parts.items())

    def move_to(self, tell: Tell, was: dict[str, Any], at: datetime | None, series: MaintenanceSeries) -> None:
        """Take the slot at ``at``; without one, do not take place."""
        if at is None:
            # Another one may have taken its slot.
            self.slot = None
            self.call_off(tell, GONE)
            return
        times = {"scheduled_start": at, "scheduled_end": at + series.length}
        was |= put(self, {**times, "timezone": series.timezone, "recurrence": series.rule})
        self.slot = at
        if not was:
            self.save()


def _until(starts: Iterator[datetime], slot: datetime) -> Iterator[datetime]:
    for at in starts:
        if at >= slot:
            return
        yield at
