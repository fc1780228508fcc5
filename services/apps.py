"""The catalogue: what users depend on, and how it is."""

from django.apps import AppConfig
from django.conf import settings

from services.figure import Weight


class ServicesConfig(AppConfig):
    """Holds groups, services, components, their status changes and uptime."""

    name = "services"

    def ready(self) -> None:
        """Say how much of a partial outage counts."""
        Weight.partial = settings.UPTIME_PARTIAL_WEIGHT
