"""Action items: all of them on one page, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.coming_back import came_from
from accounts.once import new_token, once
from accounts.roles import Role
from events.actors import Actor
from events.errors import Refused
from incidents.forms.postmortem import ActionItemFilterForm, ActionItemForm
from incidents.models import ActionItem, Postmortem
from incidents.views.postmortem import postmortem_page
from services.forms import accepted

PER_PAGE = 50
ROWS = ActionItem.objects.select_related("owner", "postmortem__incident")


@require_safe
def action_item_list(request: ConsoleRequest) -> HttpResponse:
    """Show the open ones, the soonest due first, or those that the address asks for."""
    form = ActionItemFilterForm(request.GET)
    page = Paginator(_found(form), PER_PAGE).get_page(request.GET.get("page"))
    active = any(request.GET.get(name) for name in form.fields)
    context = {"form": form, "page": page, "active": active}
    return render(request, "incidents/action_items.html", context)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def action_item_add(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Add one to the postmortem of an incident."""
    if request.method != "POST":
        return redirect("incidents:postmortem", pk)
    found = get_object_or_404(Postmortem.objects.select_related("incident"), incident=pk)
    form = ActionItemForm(None, request.POST)
    if accepted(form, lambda: ActionItem.add(found, by=request.actor, **form.cleaned_data)):
        messages.success(request, "The action item is added.")
        return redirect("incidents:postmortem", pk)
    return postmortem_page(request, found.incident, found, status=400, item_form=form)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def action_item_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show the form of one, then save it."""
    item = get_object_or_404(ROWS, pk=pk)
    form = ActionItemForm(item, request.POST or None)
    if request.method == "POST" and accepted(form, lambda: item.change(by=request.actor, changes=form.cleaned_data)):
        messages.success(request, "The action item is changed.")
        return redirect("incidents:postmortem", item.postmortem.incident_id)
    context = {"item": item, "form": form, "form_token": new_token()}
    return render(request, "incidents/action_item.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def action_item_done(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Say that it is done."""
    return _act(request, pk, lambda item, by: item.finish(by=by), "Done.")


@require_http_methods(["GET", "HEAD", "POST"])
def action_item_reopen(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Say that it is not done after all."""
    return _act(request, pk, lambda item, by: item.reopen(by=by), "The action item is open again.")


@require_http_methods(["GET", "HEAD", "POST"])
def action_item_remove(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Take it off the list."""
    return _act(request, pk, lambda item, by: item.remove(by=by), "The action item is removed.")


def _act(request: ConsoleRequest, pk: UUID, verb: Callable[[ActionItem, Actor], None], said: str) -> HttpResponse:
    """Do it and lead back to where the button stood. A GET is a reload, or the way back from signing in anew."""
    item = get_object_or_404(ROWS, pk=pk)
    if request.method == "POST":
        try:
            verb(item, request.actor)
            messages.success(request, said)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(came_from(request) or reverse("incidents:postmortem", args=[item.postmortem.incident_id]))


def _found(form: ActionItemFilterForm) -> QuerySet[ActionItem]:
    asked = form.cleaned_data if form.is_valid() else {}
    rows = ROWS.soonest_first()
    rows = rows.filter(owner=asked["owner"]) if asked.get("owner") else rows
    match asked.get("status"):
        case "done":
            return rows.filter(status=ActionItem.Status.DONE)
        case "overdue":
            return rows.overdue(timezone.now())
    return rows.open()
