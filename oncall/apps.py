"""Who is on call when, how they are reached, and in which order."""

from django.apps import AppConfig


class OncallConfig(AppConfig):
    """Holds teams, schedules, overrides, escalation policies and contact ways."""

    name = "oncall"
    verbose_name = "On call"
