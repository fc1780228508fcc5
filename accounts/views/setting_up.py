"""Setting up the second factor: a picture for the app, a code back from it, recovery codes once."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import totp
from accounts.access import ConsoleRequest, requires
from accounts.complete import PROVEN, before_second_factor, is_complete
from accounts.models import SecondFactor
from accounts.models.second_factor import WrongCode
from accounts.proving import SetUpForm
from accounts.roles import Role
from accounts.sealed import Unopened, open_, seal
from branding.models import Brand

# In the session, sealed as it will be in its row: what the app was shown and has not confirmed.
OFFERED: Final = "second_factor_offered"


@before_second_factor
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.VIEWER)
@never_cache
def set_up(request: ConsoleRequest) -> HttpResponse:
    """Show a secret, and take a code that was made of it."""
    form, secret = SetUpForm(request, request.POST or None), _offered(request)
    if request.method == "POST" and not secret:
        form.add_error(None, "The picture of before is too old. Scan this one.")
    if form.is_valid():
        try:
            codes = SecondFactor.switch_on(request.user, secret, form.cleaned_data["code"])
        except WrongCode as error:
            form.add_error("code", str(error))
        else:
            return _confirmed(request, codes)
    return _page(request, form, secret or _offer(request))


def _page(request: ConsoleRequest, form: SetUpForm, secret: str) -> HttpResponse:
    context = {
        "form": form,
        # In fours, as it is typed from one screen to another.
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": totp.address(secret, request.user.username, Brand.name_now()),
        "must": not is_complete(request.session, request.user),
    }
    return render(request, "accounts/second_factor_new.html", context, status=400 if form.errors else 200)


def _confirmed(request: ConsoleRequest, codes: list[str]) -> HttpResponse:
    """Keep this session alone of all that have ended, and show the codes: they can be read nowhere again."""
    update_session_auth_hash(request, request.user)
    request.session.pop(OFFERED, None)
    request.session[PROVEN] = "code"
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "is_new": True})


@before_second_factor
@require_safe
@requires(Role.VIEWER)
@never_cache
def code(request: ConsoleRequest) -> HttpResponse:
    """Return the picture of what is offered in this session."""
    secret = _offered(request)
    if not secret:
        raise Http404
    picture = totp.picture(totp.address(secret, request.user.username, Brand.name_now()))
    return HttpResponse(picture, content_type="image/svg+xml")


def _offered(request: ConsoleRequest) -> str:
    try:
        return open_(request.session.get(OFFERED, "")).get("secret", "")
    except Unopened:
        return ""


def _offer(request: ConsoleRequest) -> str:
    secret = totp.new_secret()
    request.session[OFFERED] = seal({"secret": secret})
    return secret
