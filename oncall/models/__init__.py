"""Teams, schedules, overrides, escalation policies, contact ways."""

from oncall.models.edition import Edition
from oncall.models.override import Override
from oncall.models.policy import EscalationPolicy
from oncall.models.schedule import Schedule
from oncall.models.team import Team
from oncall.models.way import ContactWay

__all__ = ["ContactWay", "Edition", "EscalationPolicy", "Override", "Schedule", "Team"]
