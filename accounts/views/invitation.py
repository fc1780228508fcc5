"""Accepting an invitation."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import AcceptForm
from accounts.models import Invitation
from accounts.models.invitation import NotInvited


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a name, a zone and a password, and set them. Whatever is wrong with a link, the page is the same."""
    invitation = Invitation.by_token(token, timezone.now())
    if invitation is None:
        return _over(request)
    user = invitation.user
    form = AcceptForm(user, request.POST or None, initial={"name": user.name, "timezone": user.timezone})
    if request.method == "POST" and form.is_valid():
        try:
            invitation.accept(**form.said())
        except NotInvited:
            return _over(request)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, f"Your account is ready. Sign in as {user.username}.")
            return redirect("login")
    code = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "accounts/invitation.html", {"form": form, "invited": user}, status=code)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_over.html", status=HTTPStatus.GONE)
