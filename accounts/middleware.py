"""Doors that every request passes: unreadable input is refused, and the console asks for a role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from accounts.access import needed_role
from accounts.complete import is_complete, opens_before
from accounts.models import User

# In bytes; the longest file that a form takes has 2 MB. Calls of the API have limits of their own.
LONGEST_FORM: Final = 16 * 1024 * 1024
_API: Final = "/api/"


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends whoever is not signed in to sign in, and back to a page: a form's own address answers no GET."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        """Return to the page that held the form, if it is ours."""
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        back = own_page(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
        return redirect_to_login(back, resolve_url(self.get_login_url(view_func)))


def own_page(request: HttpRequest) -> str | None:
    """Return the path of the page that sent this request, if it is ours."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return None
    return page.path if page.netloc == request.get_host() else None


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH", ""))
    return int(said) if said.isascii() and said.isdigit() else 0


class ConsoleRoleMiddleware:
    """Denies by default: reading needs a viewer, changing an operator, and a view may say otherwise.

    Views that need no sign-in (``@login_not_required``, and the whole API, which judges by itself) pass. Sets
    ``request.actor`` and the person's time zone. Raises ``PermissionDenied``, which Django answers with 403. Who must
    have a second factor and has none is led to set it up, whatever they ask for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what no view could read, and pass the request on."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL cannot be asked about it.
            raise SuspiciousOperation("The address holds the character NUL.")
        if _length(request) > LONGEST_FORM and not request.path.startswith(_API):
            # Whose form it is is asked only after all of it, files too, lies on the disk.
            raise RequestDataTooBig("The form is longer than any of ours.")
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Sequence[Any], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the person through, lead them to what comes first, or raise."""
        if not getattr(view, "login_required", True):
            return None
        user, match = request.user, request.resolver_match
        if match is None or not isinstance(user, User) or not user.has_role(needed_role(match, request.method)):
            raise PermissionDenied
        request.actor = user.actor  # type: ignore[attr-defined]
        timezone.activate(user.timezone)
        if opens_before(view) or is_complete(request.session, user):
            return None
        return redirect("accounts:second-factor-new")
