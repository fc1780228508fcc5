"""Who is there: users, their roles, and the keys of scripts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Holds users, roles and API keys, and the doors of the API."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
