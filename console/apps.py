"""What operators see across the apps."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The shell of the console, its dashboard and its search. Each app's own pages are that app's views."""

    name = "console"
