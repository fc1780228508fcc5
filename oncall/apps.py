"""Who is on call when, and in which order people are reached."""

from django.apps import AppConfig


class OncallConfig(AppConfig):
    """Holds teams, schedules, overrides, escalation policies and contact ways."""

    name = "oncall"
    verbose_name = "On call"
