"""The time zone of a profile, chosen on any page: the line that notices that the browser's is another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest, requires
from accounts.middleware import own_page
from accounts.roles import Role
from accounts.validators import zones


@require_POST
@requires(Role.VIEWER)
def zone(request: ConsoleRequest) -> HttpResponse:
    """Change the time zone alone, and go back to the page that offered it."""
    wanted = request.POST.get("timezone", "")
    if wanted not in zones():
        messages.error(request, "That time zone is not known here. Choose one from the list.")
        return redirect("accounts:profile")
    request.user.change(by=request.actor, changes={"timezone": wanted})
    messages.success(request, f"Times are shown in {wanted} now.")
    return redirect(own_page(request) or "accounts:profile")
