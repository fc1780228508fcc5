"""The addresses of accounts in the API."""

from __future__ import annotations

from accounts.api.keys import ApiKeyViewSet
from accounts.api.routers import ApiRouter
from accounts.api.users import UserViewSet


def register(router: ApiRouter) -> None:
    """Add them."""
    router.register("api-keys", ApiKeyViewSet, basename="api-key")
    router.register("users", UserViewSet, basename="user")
