"""Django's admin behind our own doors: its own know nothing of waits and of the log."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

Context = dict[str, Any]


class Site(AdminSite):
    """The raw rows, for admins."""

    site_header = site_title = "OpStatus rows"
    index_title = "The raw rows"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:  # noqa: ARG002
        """Send strangers to the console's sign-in; refuse those who are signed in and are no admins."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or "/admin/")

    def logout(self, request: HttpRequest, extra_context: Context | None = None) -> Any:  # noqa: ARG002
        """Send the form on to the console's sign-out, which tells the log."""
        return redirect("logout", preserve_request=True)

    def password_change(self, request: HttpRequest, extra_context: Context | None = None) -> Any:  # noqa: ARG002
        """Send them to the console's page, which tells the log."""
        return redirect("password_change")
