"""Who is told: subscribers outside, channels inside, and every message that goes to them."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Holds subscribers, channels, announcements and deliveries."""

    name = "notifications"
