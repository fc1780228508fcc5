"""The keys of scripts: list, make, show once, revoke."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.forms import ApiKeyForm
from accounts.models import ApiKey
from accounts.once import ShownOnce, new_token, once
from accounts.roles import Role


@require_GET
@requires(Role.ADMIN)
def key_list(request: ConsoleRequest) -> HttpResponse:
    """List the keys, those that work first."""
    now = timezone.now()
    keys = [(key, key.state(now)) for key in ApiKey.objects.select_related("owner")]
    keys.sort(key=lambda pair: pair[1] != "active")
    return render(request, "accounts/keys.html", {"keys": keys})


@requires(Role.ADMIN)
@never_cache
@once
@require_http_methods(["GET", "POST"])
def key_create(request: ConsoleRequest) -> HttpResponse:
    """Make a key and show it. There is no redirect: the secret is kept nowhere it could be read from again."""
    form = ApiKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key, text = ApiKey.create(
                by=request.actor,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=form.expires_at(timezone.now()),
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            return _shown(request, key, text)
    return render(request, "accounts/key_form.html", {"form": form, "form_token": new_token()})


def _shown(request: ConsoleRequest, key: ApiKey, text: str) -> HttpResponse:
    page = render_to_string("accounts/key_made.html", {"key": key, "text": text}, request)
    again = f"The key “{key}” was made already and shown that once. If nobody copied it, revoke it and make another."
    return ShownOnce(page, leads_to=reverse("accounts:keys"), again=again)


@require_POST
@requires(Role.ADMIN)
def key_revoke(request: ConsoleRequest, pk: str) -> HttpResponse:
    """End a key."""
    key = get_object_or_404(ApiKey, pk=pk)
    key.revoke(by=request.actor)
    messages.success(request, f"The key “{key}” no longer works.")
    return redirect("accounts:keys")
