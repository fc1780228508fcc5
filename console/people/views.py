"""The list of people, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.models import User
from accounts.roles import Role
from console.people.finding import PersonFilterForm, invitation_of, state_of
from console.people.forms import PersonForm, initial_of
from services.forms import accepted

PER_PAGE = 50


@require_safe
@requires(Role.ADMIN)
def people(request: ConsoleRequest) -> HttpResponse:
    """Show the people whom the address asks for."""
    form, now = PersonFilterForm(request.GET), timezone.now()
    page = Paginator(form.found(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(user, state_of(user, now), invitation_of(user)) for user in page]
    context = {"form": form, "page": page, "rows": rows, "active": form.active}
    return render(request, "console/people/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ADMIN)
def person(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show somebody, and change what an admin may."""
    user = get_object_or_404(User.objects.select_related("invitation", "second_factor"), pk=pk)
    heading, state = str(user), state_of(user, timezone.now())
    form = PersonForm(request.POST or None, initial=initial_of(user))
    if request.method == "POST" and accepted(form, lambda: user.change(by=request.actor, changes=form.cleaned_data)):
        messages.success(request, f"{user} is saved.")
        return redirect("people:list")
    context = {
        "form": form,
        "person": user,
        "heading": heading,
        "state": state,
        "invitation": invitation_of(user),
        "teams": user.teams.all(),
        "is_tied": user.identities.exists(),
    }
    return render(request, "console/people/person.html", context, status=400 if form.errors else 200)
