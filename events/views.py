"""The console's activity page: the log, for people."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.forms import ActivityForm
from events.people import hide_people
from events.report import as_sheet

PAGE = 50


@require_safe
def activity(request: HttpRequest) -> HttpResponseBase:
    """List what happened, newest first, with the filters of the address; ``format=csv`` gives all of it as a sheet."""
    form = ActivityForm(request.GET)
    if request.GET.get("format") == "csv" and form.is_valid():
        return as_sheet(form.find(), request.user)
    page = Paginator(form.find(), PAGE).get_page(request.GET.get("page"))
    hide_people(page, request.user)
    context = {"form": form, "page": page, "count": page.paginator.count, "query": _asked(request)}
    return render(request, "events/activity.html", context)


def _asked(request: HttpRequest) -> str:
    """Return the address's filters, for the link to the sheet of the same events."""
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["format"] = "csv"
    return asked.urlencode()
