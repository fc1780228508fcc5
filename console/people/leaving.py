"""Deactivating somebody, after what it means was said, and letting them in again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.models import User
from accounts.roles import Role
from console.people.ties import ties_of
from services.views.answers import tried


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ADMIN)
def deactivate(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Say what hangs on somebody, then end their access."""
    user = get_object_or_404(User, pk=pk, is_active=True)
    if request.method == "POST":
        if tried(request, lambda: user.change(by=request.actor, changes={"is_active": False})):
            messages.success(request, f"{user} is deactivated: signed out everywhere, and paged no more.")
        return redirect("people:list")
    context = {"person": user, "ties": ties_of(user, timezone.now())}
    return render(request, "console/people/deactivate.html", context)


@require_POST
@requires(Role.ADMIN)
def reactivate(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Let somebody in again."""
    user = get_object_or_404(User, pk=pk)
    if tried(request, lambda: user.change(by=request.actor, changes={"is_active": True})):
        messages.success(request, f"{user} may sign in again, with the password of before. Their keys work again.")
    return redirect("people:detail", pk=pk)
