"""The console's activity page: the log, for people."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.forms import ActivityForm
from events.people import hide_people

PAGE = 50


@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """List what happened, newest first, with the filters of the address."""
    form = ActivityForm(request.GET)
    page = Paginator(form.find(), PAGE).get_page(request.GET.get("page"))
    hide_people(page, request.user)
    return render(request, "events/activity.html", {"form": form, "page": page, "count": page.paginator.count})
