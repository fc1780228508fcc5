"""The second factor that somebody has: what is left of it, new recovery codes, and the end of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.complete import PROVEN, is_required_of
from accounts.models import SecondFactor
from accounts.models.second_factor import NoSecondFactor
from accounts.proving import ProofForm
from accounts.roles import Role
from accounts.sealed import Unopened
from accounts.views.sign_in import UNREADABLE


@require_safe
@requires(Role.VIEWER)
def overview(request: ConsoleRequest) -> HttpResponse:
    """Say whether there is one, and what can be done."""
    return _page(request, ProofForm(request))


@require_POST
@requires(Role.VIEWER)
@never_cache
def renew_codes(request: ConsoleRequest) -> HttpResponse:
    """Show new recovery codes. There is no redirect: they are kept nowhere they could be read from again."""
    form = ProofForm(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        codes = SecondFactor.renew_codes(request.user)
    except Unopened:
        form.add_error(None, UNREADABLE)
        return _page(request, form)
    except NoSecondFactor as error:
        form.add_error(None, str(error))
        return _page(request, form)
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@require_POST
@requires(Role.VIEWER)
def switch_off(request: ConsoleRequest) -> HttpResponse:
    """End it, unless it is required. Other sessions end, too: this one goes on."""
    form = ProofForm(request, request.POST)
    if is_required_of(request.user):
        form.add_error(None, "A second factor is required of you here. You can set up another device in its place.")
    if not form.is_valid():
        return _page(request, form)
    try:
        SecondFactor.switch_off(request.user, by=request.actor)
    except NoSecondFactor as error:
        # The page is older than its end: a second click, another tab.
        form.add_error(None, str(error))
        return _page(request, form)
    update_session_auth_hash(request, request.user)
    request.session[PROVEN] = ""
    messages.success(request, "Your second factor is switched off. The password alone opens your account now.")
    return redirect("accounts:profile")


def _page(request: ConsoleRequest, form: ProofForm) -> HttpResponse:
    factor = SecondFactor.of(request.user)
    context = {"form": form, "factor": factor, "required": is_required_of(request.user), "left": _left(factor)}
    return render(request, "accounts/second_factor.html", context, status=400 if form.errors else 200)


def _left(factor: SecondFactor | None) -> int | None:
    """Return how many recovery codes are left; None where that cannot be read."""
    try:
        return factor.codes_left if factor else None
    except Unopened:
        return None
