"""What changes of a window share, of one or of many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from events.command import Tell
from events.kinds import Kind
from services.maintenance.lifecycle import Stage
from services.maintenance.limits import check_reminder, check_times, clean_rule, zone_of
from services.models.maintenance.cancelling import Cancelling
from services.models.maintenance.running import Running
from services.models.maintenance.window import hold
from services.models.saving import put
from services.models.service import Service

TIMES = ("scheduled_start", "scheduled_end")
# What calendars show, beside the public services.
SHOWN = {"title", "description", "public", *TIMES}


class Changing(Running, Cancelling):
    """Called inside a command that holds the row."""

    class Meta:
        abstract = True

    def edit_alone(
        self,
        tell: Tell,
        changes: Mapping[str, Any],
        services: Collection[Service] | None,
        already: Mapping[str, Any] | None = None,
    ) -> None:
        """Change this window and no other; ``already`` is what the caller has changed of it."""
        rule = changes.get("recurrence", self.recurrence)
        if self.series is not None and rule != self.recurrence:
            raise ValidationError({"recurrence": "A rule is changed for this window and all later ones."})
        touched = self.service_ids()
        before = dict(already or {}) | put(self, {name: changes[name] for name in changes if name != "recurrence"})
        # Those that it leaves turn, too, where it is under way.
        beside = touched if self.stage is Stage.IN_PROGRESS else ()
        held = hold(services, beside) if services is not None else []
        before |= self.replace_services(held)
        self._check(tell, before)
        starts_series = bool(rule) and self.series is None
        if starts_series:
            before["recurrence"] = ""
            self._begin_series(rule, held or list(self.services.all()))
        self.keep_changes(tell, before)
        if starts_series:
            self._plan_ahead(tell)
        if self.stage is Stage.IN_PROGRESS:
            self._settle(tell, {*touched, *self.service_ids()})

    def replace_services(self, services: Collection[Service]) -> dict[str, Any]:
        """Set the services, if any are given. Return what they were, where that was something else."""
        wanted = {service.id for service in services}
        if not services or wanted == set(self.service_ids()):
            return {}
        was = {"services": self.service_names()}
        self.services.set(services)
        return was

    def keep_changes(self, tell: Tell, before: Mapping[str, Any]) -> None:
        """Save what was put on the row and say so; ``before`` holds what it was."""
        if not before:
            return
        seen = self._is_seen(before)
        self.version, self.sequence = self.version + 1, self.sequence + seen
        if before.keys() & {"scheduled_start", "remind_before"}:
            self._arm(tell.now)
        self._keep(tell)
        after = {name: self.service_names() if name == "services" else getattr(self, name) for name in before}
        entry = self._write(tell, self._said(before), public=bool(before.keys() & {*TIMES}))
        data = {"message": entry.message}
        self._tell(tell, Kind.MAINTENANCE_CHANGED, data, public=seen, before=before, after=after)

    def _is_seen(self, before: Mapping[str, Any]) -> bool:
        """Say whether the public sees the change: calendars must not show that something private has moved."""
        moved = {*before.get("services", self.service_names())} ^ {*self.service_names()}
        return bool(before.keys() & SHOWN) or Service.objects.filter(name__in=moved, public=True).exists()

    def _said(self, before: Mapping[str, Any]) -> str:
        if before.keys() & {*TIMES}:
            return f"Moved: now from {self._shown(self.scheduled_start)} to {self._shown(self.scheduled_end)}."
        return f"Edited: {', '.join(before).replace('_', ' ')}."

    def _check(self, tell: Tell, before: Mapping[str, Any]) -> None:
        zone_of(self.timezone)
        check_reminder(self.remind_before)
        if "scheduled_start" in before and self.stage is not Stage.SCHEDULED:
            raise ValidationError({"scheduled_start": "It has started: its start stays as it is."})
        if before.keys() & {*TIMES}:
            planned = "scheduled_start" in before
            check_times(self.scheduled_start, self.scheduled_end, tell.now, planned=planned)

    def service_names(self) -> list[str]:
        """Return what is worked on, by name."""
        return sorted(self.services.values_list("name", flat=True))


def plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes with times and rule as rows hold them, so that the same is no change."""
    found = dict(changes)
    for name in TIMES:
        if name in found:
            found[name] = found[name].replace(microsecond=0)
    if "recurrence" in found:
        found["recurrence"] = clean_rule(found["recurrence"])
    return found
