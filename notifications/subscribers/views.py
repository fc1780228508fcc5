"""The console's list of subscribers: find, remove, try again, vouch, and take it away as CSV."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.roles import Role
from events.sheets import sheet
from notifications.models import Subscriber
from notifications.subscribers.finding import SubscriberFilterForm
from notifications.subscribers.writing import HEAD, rows

PER_PAGE = 50


@require_safe
@requires(Role.OPERATOR)
def subscriber_list(request: ConsoleRequest) -> HttpResponse:
    """Show the subscribers that the address asks for."""
    form = SubscriberFilterForm(request.GET)
    page = Paginator(form.found(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "active": form.active, "query": request.GET.urlencode()}
    return render(request, "notifications/subscribers/list.html", context)


@require_safe
@requires(Role.OPERATOR)
def subscriber_sheet(request: ConsoleRequest) -> StreamingHttpResponse:
    """Answer with the subscribers that the address asks for as CSV."""
    return sheet("subscribers.csv", HEAD, rows(SubscriberFilterForm(request.GET).found()))


@require_POST
@requires(Role.OPERATOR)
def subscriber_remove(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Take one off the list."""
    row = get_object_or_404(Subscriber, pk=pk)
    row.remove(by=request.actor)
    messages.success(request, f"{row} is off the list. Nothing more is sent there for it.")
    return redirect("subscribers:list")


@require_POST
@requires(Role.OPERATOR)
def subscriber_resume(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send to an address again that had refused."""
    row = get_object_or_404(Subscriber, pk=pk)
    row.resume(by=request.actor)
    messages.success(request, f"{row} is tried again, from the next message on.")
    return redirect("subscribers:list")


@require_POST
@requires(Role.ADMIN)
def subscriber_vouch(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Confirm for somebody who has agreed elsewhere."""
    row = get_object_or_404(Subscriber, pk=pk)
    row.vouch(by=request.actor)
    messages.success(request, f"{row} is told from now on.")
    return redirect("subscribers:list")
