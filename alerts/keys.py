"""Who may report."""

from __future__ import annotations

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import ApiKey
from accounts.roles import Scope


class Reports(BasePermission):
    """Lets keys with the scope ``alerts`` report, and nobody else: what they say belongs to their integration."""

    message = "Alerts are reported with an API key of the scope alerts. Make an integration; it comes with its key."

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002 - DRF calls it so
        """Say whether the caller is such a key."""
        return isinstance(request.auth, ApiKey) and Scope.ALERTS in request.auth.scopes
