"""Django's own error pages, in the API's format under ``/api/`` and as pages elsewhere. ``config.urls`` names them."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from accounts.access import may, needed_role
from accounts.api.problems import Problem, answer, problem_of
from accounts.roles import Role

_PREFIXES = ("/api/",)
_CONSOLE = ("/console/", "/admin/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the body was too large."""
    if _is_api(request):
        return answer(problem_of(exception) or Problem(400, "The request is malformed."))
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    if _is_api(request):
        return answer(Problem(403, "You may not do this."))
    ours = _inside(request, "denied.html", 403, needed=_needed(request))
    return ours or defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    if _is_api(request):
        return answer(Problem(404, "There is nothing at this address."))
    return _inside(request, "missing.html", 404) or defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database is away, and 500 for a fault of ours."""
    error = sys.exc_info()[1]
    problem = problem_of(error) if error else None
    if problem is None or problem.status_code != 503:
        problem = Problem(500, "This is a fault of ours. It has been logged under the request id.")
    if _is_api(request):
        return answer(problem)
    # Without the context processors: they may ask the very database that is away.
    page = render_to_string(f"{problem.status_code}.html", {"request": request})
    return HttpResponse(page, status=problem.status_code, headers=problem.headers)


def _inside(request: HttpRequest, name: str, status: int, **context: object) -> HttpResponse | None:
    """Answer who works here in the console's own frame; ``None`` for visitors, whom all pages answer alike."""
    if request.path.startswith(_CONSOLE) and may(request.user, Role.VIEWER):
        return render(request, f"console/{name}", context, status=status)
    return None


def _needed(request: HttpRequest) -> Role | None:
    """Return the role that was missing; ``None`` where it was not for want of one."""
    needed = needed_role(request.resolver_match, request.method) if request.resolver_match else None
    return None if needed is None or may(request.user, needed) else needed


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(_PREFIXES)
