"""Incidents: what is wrong, who has it, what was said."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Holds incidents with their guarded lifecycle and immutable timeline."""

    name = "incidents"
