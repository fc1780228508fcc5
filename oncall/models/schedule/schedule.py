"""The schedule: its aspects put together."""

from __future__ import annotations

from oncall.models.schedule.changing import Changing


class Schedule(Changing):
    """A name for “whoever is on call”. What its layers are stands in its editions: the past is not rewritten."""

    class Meta:
        ordering = ["name"]
