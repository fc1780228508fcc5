"""Taking away what somebody proves themselves with: a second factor that is lost, a tie to the identity provider."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest, requires
from accounts.losing import reset_second_factor
from accounts.models import Identity, User
from accounts.roles import Role
from services.views.answers import tried


@require_POST
@requires(Role.ADMIN)
def reset(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Reset a second factor; whose it was is told by mail."""
    user = get_object_or_404(User, pk=pk)
    if tried(request, lambda: reset_second_factor(user, by=request.actor)):
        messages.success(request, f"The second factor of {user} is reset: the password alone opens the account now.")
    return redirect("people:detail", pk=pk)


@require_POST
@requires(Role.ADMIN)
def untie(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Forget who somebody is at the provider."""
    user = get_object_or_404(User, pk=pk)
    if tried(request, lambda: Identity.untie(user, by=request.actor)):
        messages.success(request, f"{user} is tied to nobody any more; the next sign-in with their address ties anew.")
    return redirect("people:detail", pk=pk)
