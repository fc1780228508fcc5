"""Saved filters of the incidents' list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.roles import Role
from incidents.forms.finding import IncidentFilterForm, SaveFilterForm
from incidents.models import SavedFilter
from services.views.answers import tried


@requires(Role.VIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def filter_save(request: ConsoleRequest) -> HttpResponse:
    """Keep the filter of the list under a name."""
    query = asked_for(QueryDict(request.POST.get("query", "")))
    form = SaveFilterForm(request.POST)
    if request.method == "POST" and _said(request, form):
        said: dict[str, Any] = form.cleaned_data
        if tried(request, lambda: SavedFilter.keep(request.user, by=request.actor, query=query, **said)):
            messages.success(request, f"The filter “{said['name']}” is saved.")
    return _back(query)


@requires(Role.VIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def filter_change(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Rename one, share it or no longer."""
    form = SaveFilterForm(request.POST)
    if request.method == "POST" and not _said(request, form):
        return _back("")
    return _act(request, pk, lambda found: found.change(request.user, by=request.actor, **form.cleaned_data), "saved")


@requires(Role.VIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def filter_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Delete one."""
    return _act(request, pk, lambda found: found.remove(request.user, by=request.actor), "deleted")


def asked_for(query: QueryDict) -> str:
    """Return of an address what the list's form knows, in the order of its fields; empty for no filter."""
    found = QueryDict(mutable=True)
    for name in IncidentFilterForm.base_fields:
        if wanted := query.get(name):
            found[name] = str(wanted)
    return found.urlencode()


def _act(request: ConsoleRequest, pk: UUID, verb: Callable[[SavedFilter], None], done: str) -> HttpResponse:
    """Do it to one that this person sees. A GET is a reload, or the way back from signing in anew."""
    if request.method != "POST":
        return _back("")
    found = get_object_or_404(SavedFilter.objects.of(request.user), pk=pk)
    if tried(request, lambda: verb(found)):
        messages.success(request, f"The filter “{found}” is {done}.")
    return _back("")


def _said(request: ConsoleRequest, form: SaveFilterForm) -> bool:
    for field in form:
        for sentence in field.errors:
            messages.error(request, f"{field.label}: {sentence}")
    return form.is_valid()


def _back(query: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("incidents:list") + (f"?{query}" if query else ""))
