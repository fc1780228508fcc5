"""What machines report: alerts, how they become incidents, and who is paged."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Holds integrations, alerts, raw signals and silences."""

    name = "alerts"
