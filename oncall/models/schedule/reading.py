"""Asking a schedule who is on call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from oncall.final import Cover, Shift, final
from oncall.models.schedule.fields import ScheduleFields

if TYPE_CHECKING:
    from oncall.models.edition import Edition
    from oncall.models.override import Override


class Reading(ScheduleFields):
    """What its editions and overrides come to."""

    class Meta:
        abstract = True

    def shifts(self, start: datetime, end: datetime, overrides: Iterable[Override] | None = None) -> list[Shift]:
        """Return who is on call in ``[start, end)``, in order and without holes, by the editions that held then.

        ``overrides`` are those of this time, for callers that have read them already.
        """
        if end <= start:
            return []
        standing = covers(self.overrides.filter(start__lt=end, end__gt=start) if overrides is None else overrides)
        found: list[Shift] = []
        for edition, begins, ends in self._held(start, end):
            found += _going_on(found, final(edition.read(), standing, begins, ends))
        return found

    def _held(self, start: datetime, end: datetime) -> list[tuple[Edition, datetime, datetime]]:
        """Return the editions that hold in parts of ``[start, end)``, each with its part."""
        editions = sorted(self.editions.all(), key=lambda edition: edition.valid_from)
        edges = [*(edition.valid_from for edition in editions), max(end, editions[-1].valid_from)] if editions else []
        parts = (
            (edition, max(begins, start), min(ends, end))
            for edition, (begins, ends) in zip(editions, pairwise(edges), strict=True)
        )
        return [(edition, begins, ends) for edition, begins, ends in parts if begins < ends]


def covers(overrides: Iterable[Override]) -> list[Cover]:
    """Return overrides with the newest last."""
    ordered = sorted(overrides, key=lambda each: each.number)
    return [Cover(each.start, each.end, str(each.user_id)) for each in ordered]


def _going_on(found: list[Shift], more: list[Shift]) -> list[Shift]:
    """Return ``more`` without its first where that goes on from the last found, which then ends later."""
    if not found or not more or (found[-1].user, found[-1].layer) != (more[0].user, more[0].layer):
        return more
    found[-1] = Shift(found[-1].start, more[0].end, more[0].user, more[0].layer)
    return more[1:]
