"""The channels' pages: all of them, one, making one, editing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ConsoleRequest, may, requires
from accounts.roles import Role
from accounts.sealed import Unopened
from events.errors import StaleEdit
from notifications.channels.forms import ChannelForm
from notifications.channels.reading import last, listed, told
from notifications.models import Channel
from notifications.transports.kinds import KINDS
from notifications.transports.transport import Transport
from services.forms import accepted
from services.views.both import on_top

OFFERED = [transport for transport in KINDS.values() if transport.for_channels]


@require_safe
@requires(Role.OPERATOR)
def channel_list(request: ConsoleRequest) -> HttpResponse:
    """List the channels, what each is told, and how its last message went."""
    rows = [(channel, told(channel)) for channel in listed()]
    return render(request, "notifications/channels/list.html", {"rows": rows, "may_change": _may_change(request)})


@require_safe
@never_cache
@requires(Role.OPERATOR)
def channel_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show one: where it leads, what it is told, why it is off, and its last messages."""
    channel = get_object_or_404(Channel.objects.prefetch_related("services"), pk=pk)
    context = {"channel": channel, "told": told(channel), "deliveries": last(channel)}
    context |= {"may_change": _may_change(request), **_secret(request, channel)}
    return render(request, "notifications/channels/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ADMIN)
def channel_create(request: ConsoleRequest) -> HttpResponse:
    """Choose a kind, then say where it leads."""
    kind = request.GET.get("kind", "")
    if not kind:
        return render(request, "notifications/channels/kinds.html", {"kinds": OFFERED})
    transport = next((each for each in OFFERED if each.kind == kind), None)
    if transport is None:
        raise Http404
    form = ChannelForm(request.POST or None, transport=transport)
    made: list[Channel] = []
    if request.method == "POST" and accepted(form, lambda: made.append(_added(request, form))):
        messages.success(request, f"{made[0].name} is made, and is told from now on. Send a test to see it arrive.")
        return redirect("channels:detail", made[0].pk)
    return _form(request, form, f"New channel: {transport.label}", transport)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ADMIN)
def channel_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Change where it leads and what it is told."""
    channel = get_object_or_404(Channel, pk=pk)
    transport = channel.transport
    if transport is None:
        raise Http404
    form = ChannelForm(request.POST or None, transport=transport, channel=channel)
    heading = f"Edit {channel.name}"
    try:
        if request.method == "POST" and accepted(form, lambda: _edit(request, channel, form)):
            messages.success(request, f"{channel.name} is saved.")
            return redirect("channels:detail", pk)
    except StaleEdit as error:
        # What was typed stays, and saving again goes over it.
        again = on_top(request.POST, error.current["version"])
        form = ChannelForm(again, transport=transport, channel=channel)
        return _form(request, form, heading, transport, channel, stale=str(error))
    return _form(request, form, heading, transport, channel)


def _form(
    request: ConsoleRequest,
    form: ChannelForm,
    heading: str,
    transport: Transport,
    channel: Channel | None = None,
    stale: str = "",
) -> HttpResponse:
    context = {"form": form, "heading": heading, "transport": transport, "channel": channel, "stale": stale}
    return render(request, "notifications/channels/form.html", context, status=409 if stale else 200)


def _edit(request: ConsoleRequest, channel: Channel, form: ChannelForm) -> None:
    channel.edit(by=request.actor, changes=form.said, version=form.cleaned_data["version"])


def _added(request: ConsoleRequest, form: ChannelForm) -> Channel:
    return Channel.add(by=request.actor, kind=form.transport.kind, **form.said)


def _may_change(request: ConsoleRequest) -> bool:
    return may(request.user, Role.ADMIN)


def _secret(request: ConsoleRequest, channel: Channel) -> dict[str, Any]:
    """Return what it signs with, for admins; or that its secrets cannot be opened."""
    try:
        secret = channel.signing_secret
    except Unopened as error:
        return {"unopened": str(error)}
    return {"secret": secret} if _may_change(request) else {}
