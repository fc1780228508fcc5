"""Puts our admin site in the place of Django's. Named in ``INSTALLED_APPS``, so nothing here may import a model."""

from django.contrib.admin.apps import AdminConfig


class SiteConfig(AdminConfig):
    """Django's admin with our site."""

    default_site = "accounts.admin_site.Site"
