"""The log: what happened, told once."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Holds the append-only log, the door of a write, and the relay that hands the log on."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"
