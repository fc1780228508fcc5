"""The change history of all services and components."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from services.forms.changes import ChangesForm

PER_PAGE = 50


@require_safe
def changes(request: ConsoleRequest) -> HttpResponse:
    """List what turned, newest first, with the filters of the address."""
    form = ChangesForm(request.GET)
    page = Paginator(form.find(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "count": page.paginator.count, "query": form.query()}
    return render(request, "services/changes.html", context)
