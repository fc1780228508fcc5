"""A name for “whoever is on call”."""

from oncall.models.schedule.changing import ScheduleInUse
from oncall.models.schedule.schedule import Schedule

__all__ = ["Schedule", "ScheduleInUse"]
