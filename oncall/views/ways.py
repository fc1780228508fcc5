"""One's own ways to be reached: add, order, change, try, remove."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.once import ShownOnce, new_token, once
from accounts.roles import Role
from oncall import trying
from oncall.forms.ways import WayForm, WayPatchForm
from oncall.models import ContactWay
from oncall.ordering import move
from oncall.reach import ACCOUNT, ways_of
from services.forms import accepted
from services.views.answers import back_to, step, tried


@require_safe
def ways(request: ConsoleRequest) -> HttpResponse:
    """List them in their order, and say what is used now."""
    used = ways_of(request.user)
    context = {
        "ways": request.user.contact_ways.all(),
        "by_account": any(way.key == ACCOUNT for way in used),
        "unreached": not used,
    }
    return render(request, "oncall/ways.html", context)


@requires(Role.OPERATOR)
@never_cache
@once
@require_http_methods(["GET", "HEAD", "POST"])
def way_create(request: ConsoleRequest) -> HttpResponse:
    """Ask where it leads, then send a link there. What a webhook's messages are signed with is shown this once."""
    form = WayForm(request.POST or None)
    made: list[ContactWay] = []
    if request.method == "POST" and accepted(form, lambda: made.append(_added(request, form))):
        return _made(request, made[0])
    context = {"form": form, "form_token": new_token()}
    return render(request, "oncall/way_form.html", context, status=400 if form.errors else 200)


@requires(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def way_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Change its name or delay, or switch it off."""
    way = _own(request, pk)
    form = WayPatchForm(request.POST or None, initial={name: getattr(way, name) for name in WayPatchForm.base_fields})
    if request.method == "POST" and accepted(form, lambda: way.edit(by=request.actor, changes=form.cleaned_data)):
        messages.success(request, f"{way} is saved.")
        return back_to("oncall:ways", anchor=f"way-{pk}")
    context = {"form": form, "way": way}
    return render(request, "oncall/way_form.html", context, status=400 if form.errors else 200)


@require_POST
def way_order(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Move it one place up or down."""
    way = _own(request, pk)
    tried(request, lambda: move(way, step(request), by=request.actor))
    return back_to("oncall:ways", anchor=f"way-{pk}")


@require_POST
def way_ask(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send the link once more."""
    way = _own(request, pk)
    if tried(request, lambda: way.ask_again(by=request.actor)):
        messages.success(request, _asked(way))
    return back_to("oncall:ways", anchor=f"way-{pk}")


@require_POST
def way_test(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send a test there, and say how it ended."""
    way = _own(request, pk)
    failed: list[str] = []
    if tried(request, lambda: failed.append(trying.sent(way, by=request.actor))):
        if failed[0]:
            messages.error(request, f"The test did not arrive. {failed[0]}")
        else:
            messages.success(request, f"The test went to {way.shown}. Look whether it is there.")
    return back_to("oncall:ways", anchor=f"way-{pk}")


@requires(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def way_remove(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then remove; nothing more goes there."""
    way = _own(request, pk)
    if request.method == "POST" and tried(request, lambda: way.remove(by=request.actor)):
        messages.success(request, f"{way} is removed. Nothing more goes there.")
        return redirect("oncall:ways")
    return render(request, "oncall/way_remove.html", {"way": way})


def _own(request: ConsoleRequest, pk: UUID) -> ContactWay:
    return get_object_or_404(request.user.contact_ways.all(), pk=pk)


def _added(request: ConsoleRequest, form: WayForm) -> ContactWay:
    return ContactWay.add(by=request.actor, user=request.user, **form.cleaned_data)


def _made(request: ConsoleRequest, way: ContactWay) -> HttpResponse:
    said = _asked(way)
    secret = way.signing_secret
    if not secret:
        messages.success(request, said)
        return redirect("oncall:ways")
    page = render_to_string("oncall/way_made.html", {"way": way, "secret": secret, "said": said}, request)
    again = "It was added already, and its secret was shown that once. If nobody copied it, remove it and add it again."
    return ShownOnce(page, leads_to=reverse("oncall:ways"), again=again)


def _asked(way: ContactWay) -> str:
    return f"A message with a link went to {way.shown}. Follow it within 24 hours, and pages go there."
