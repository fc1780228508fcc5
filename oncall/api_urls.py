"""The addresses of on-call duty in the API."""

from __future__ import annotations

from accounts.api.routers import ApiRouter
from oncall.api.current import CurrentViewSet, WarningViewSet
from oncall.api.policies import PolicyViewSet
from oncall.api.schedules import ScheduleViewSet
from oncall.api.teams import TeamViewSet
from oncall.api.ways import WayViewSet


def register(router: ApiRouter) -> None:
    """Add them."""
    router.register("teams", TeamViewSet, basename="team")
    router.register("schedules", ScheduleViewSet, basename="schedule")
    router.register("oncall/current", CurrentViewSet, basename="oncall-current")
    router.register("oncall/warnings", WarningViewSet, basename="oncall-warning")
    router.register("escalation-policies", PolicyViewSet, basename="escalation-policy")
    router.register("contact-ways", WayViewSet, basename="contact-way")
