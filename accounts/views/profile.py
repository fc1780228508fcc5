"""What a person may change of themselves."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.forms import ProfileForm
from accounts.roles import Role


@require_http_methods(["GET", "POST"])
@requires(Role.VIEWER)
def profile(request: ConsoleRequest) -> HttpResponse:
    """Show and change name, address and time zone."""
    user = request.user
    initial = {"name": user.name, "email": user.email, "timezone": user.timezone}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        user.change_profile(by=request.actor, **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@require_POST
@requires(Role.VIEWER)
def sign_out_elsewhere(request: ConsoleRequest) -> HttpResponse:
    """End every session of the person but this one."""
    request.user.end_sessions(by=request.actor)
    update_session_auth_hash(request, request.user)
    messages.success(request, "You are signed out everywhere else.")
    return redirect("accounts:profile")
