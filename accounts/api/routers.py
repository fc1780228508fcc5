"""Addresses with and without the slash at their end, neither of them a redirect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, re_path
from rest_framework.routers import SimpleRouter

UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class ApiRouter(SimpleRouter):
    """Names routes ``api:<basename>-list``, ``-detail`` and so on. Apps fill it in ``<app>/api_urls.py``."""

    def __init__(self) -> None:
        super().__init__(trailing_slash=False)
        self.trailing_slash = "/?"
        self.views: list[URLPattern] = []

    def add(self, route: str, view: Callable[..., HttpResponseBase], name: str) -> None:
        """Add a single view at the regular expression ``route``, such as ``health-check``."""
        self.views.append(re_path(rf"^{route}/?$", view, name=name))

    def get_urls(self) -> list[Any]:
        """Return all routes; single views come first, so that ``incidents/analytics`` is no incident's id."""
        return [*self.views, *super().get_urls()]
