"""To the provider and back."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.client import network_of
from accounts.coming_back import ours
from accounts.entry import Entry
from accounts.limits import count
from accounts.oidc.asking import Asked, taken
from accounts.oidc.errors import NotAdmitted
from accounts.oidc.person import person_of
from accounts.oidc.provider import Claims, door, vouched
from accounts.sign_in import admit, refuse

# As the provider says that it asked for more than a password (RFC 8176).
SECOND_FACTOR = "mfa"
# Steps of sign-ins from one place; a sign-in has two.
PER_MINUTE = 60


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. A link and no form: our pages let forms lead to ourselves alone."""
    if _is_too_often(request):
        return _wait(request)
    asked = Asked(_next(request))
    try:
        there = asked.url(door(), client=settings.OIDC_CLIENT_ID, back=_back())
    except NotAdmitted as refusal:
        return _refused(request, refusal)
    asked.remember(request)
    return HttpResponseRedirect(there)


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Let in whom the provider vouches for."""
    if _is_too_often(request):
        return _wait(request)
    try:
        asked = taken(request)
        code = asked.code_in(request.GET.dict(), settings.OIDC_ISSUER)
        claims = vouched(code, verifier=asked.verifier, nonce=asked.nonce, back=_back())
        user = person_of(claims, timezone.now())
    except NotAdmitted as refusal:
        return _refused(request, refusal)
    is_in = admit(request, user, Entry.of(user, way="oidc", next=asked.next, vouched=_has_second_factor(claims)))
    return HttpResponseRedirect(asked.next) if is_in else redirect("second_step")


def _is_too_often(request: HttpRequest) -> bool:
    """Count one more from this place: it asks the provider, or writes to the log. 404 where there is no provider."""
    if not settings.OIDC_ISSUER:
        raise Http404
    return count(f"oidc-place:{network_of(request)}", 60, time.time()) > PER_MINUTE


def _wait(request: HttpRequest) -> HttpResponse:
    messages.error(request, "Too many attempts from your network. Try again in a minute.")
    return redirect("login")


def _back() -> str:
    return str(settings.SITE_URL + reverse("oidc_back"))


def _next(request: HttpRequest) -> str:
    return ours(request.GET.get("next", "")) or resolve_url(settings.LOGIN_REDIRECT_URL)


def _has_second_factor(claims: Claims) -> bool:
    ways = claims.get("amr")
    return isinstance(ways, list) and SECOND_FACTOR in ways


def _refused(request: HttpRequest, refusal: NotAdmitted) -> HttpResponse:
    refuse(request, "", refusal.code)
    messages.error(request, str(refusal))
    return redirect("login")
