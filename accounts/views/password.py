"""Changing a password, and getting in again when it is forgotten."""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.client import network_of
from accounts.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from accounts.limits import count
from accounts.mailing import soon
from accounts.models import SignInWait, User
from accounts.roles import Role
from accounts.tasks import mail_password_reset

HOUR = 3600
MAILS_PER_ADDRESS = 3
MAILS_PER_PLACE = 20


@method_decorator(requires(Role.VIEWER), name="dispatch")
class ChangePassword(auth_views.PasswordChangeView):
    """Asks for the old password and a new one. Other sessions of the person end."""

    template_name = "accounts/password_change.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("accounts:profile")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so on the next page."""
        messages.success(self.request, "Your password is changed. Other sessions of yours have ended.")
        return super().form_valid(form)


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link, and say the same whoever asks for whatever address."""
    form = ForgottenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/password_forgotten.html", {"form": form})
    email = form.cleaned_data["email"].lower()
    if _may_send(email, network_of(request), time.time()):
        soon(mail_password_reset, email)
    return redirect("password_reset_done")


class Sent(auth_views.PasswordResetDoneView):
    """Says that a link is on its way, if there is somebody to send it to."""

    template_name = "accounts/password_sent.html"


class Reset(auth_views.PasswordResetConfirmView):
    """Sets a new password by the link."""

    template_name = "accounts/password_reset.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("login")

    def get_user(self, uidb64: str) -> User | None:
        """Return whom a link is for; nobody who is deactivated, or invited and not here yet."""
        user = super().get_user(uidb64)
        return user if isinstance(user, User) and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so on the sign-in page."""
        SignInWait.forgive(form.user.get_username())
        messages.success(self.request, "Your new password is set. Sign in with it.")
        return super().form_valid(form)


def _may_send(email: str, place: str, now: float) -> bool:
    # The place first: one that asks for thousands of addresses would fill the cache with their counts.
    return (
        count(f"reset-place:{place}", HOUR, now) <= MAILS_PER_PLACE
        and count(f"reset-address:{email}", HOUR, now) <= MAILS_PER_ADDRESS
    )
