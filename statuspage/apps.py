"""What the public sees: rendered ahead of time, kept as bytes."""

from django.apps import AppConfig


class StatuspageConfig(AppConfig):
    """Holds the page's state, its rendering, the published store, the publisher and the edge."""

    name = "statuspage"
    default_auto_field = "django.db.models.BigAutoField"
