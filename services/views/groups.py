"""Groups: make, rename, order, delete."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest
from services.forms import GroupForm, accepted
from services.models import Group
from services.models.order import moved
from services.views.answers import back_to, step, tried


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: ConsoleRequest) -> HttpResponse:
    """List the groups, and make one more."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and accepted(form, lambda: Group.add(by=request.actor, **form.cleaned_data)):
        messages.success(
            request, f"The group {form.cleaned_data['name']} is made. Put services into it by editing them."
        )
        return back_to("services:groups")
    found = Group.objects.annotate(size=Count("services")).order_by("position", "name")
    return render(request, "services/groups.html", {"form": form, "groups": found})


@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Rename a group."""
    group = get_object_or_404(Group, pk=pk)
    form, heading = GroupForm(request.POST or None, initial={"name": group.name}), f"Rename {group.name}"
    if request.method == "POST" and accepted(form, lambda: group.edit(by=request.actor, changes=form.cleaned_data)):
        messages.success(request, f"The group is called {group.name} now.")
        return back_to("services:groups", anchor=f"group-{pk}")
    return render(request, "services/group_form.html", {"form": form, "heading": heading})


@require_http_methods(["GET", "HEAD", "POST"])
def group_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete; the services stay."""
    group = get_object_or_404(Group, pk=pk)
    if request.method == "POST" and tried(request, lambda: group.remove(by=request.actor)):
        messages.success(request, f"The group {group.name} is deleted.")
        return back_to("services:groups")
    return render(request, "services/group_delete.html", {"group": group, "services": group.services.all()})


@require_POST
def group_reorder(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Move a group one place up or down."""
    get_object_or_404(Group, pk=pk)
    order = list(Group.objects.values_list("id", flat=True))
    tried(request, lambda: Group.reorder(moved(order, pk, step(request)), by=request.actor))
    return back_to("services:groups", anchor=f"group-{pk}")
