"""What the buttons of a channel do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.roles import Role
from notifications.kinds import State, Way
from notifications.models import Channel, Delivery
from notifications.trial import trial
from services.views.answers import tried


@require_POST
@requires(Role.ADMIN)
def channel_test(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send a test to this channel alone, and say how it ended."""
    channel = get_object_or_404(Channel, pk=pk)
    ended: list[Delivery] = []
    to_me = request.user.email
    if tried(request, lambda: ended.append(trial(channel, by=request.actor, mail=to_me, now=timezone.now()))):
        _say(request, channel, ended[0], to_me)
    return redirect("channels:detail", pk)


@require_POST
@requires(Role.ADMIN)
def channel_switch(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Switch it off, or on again."""
    channel = get_object_or_404(Channel, pk=pk)
    if request.POST.get("to") == "on":
        if tried(request, lambda: channel.switch_on(by=request.actor)):
            messages.success(request, f"{channel.name} is told again, from now on.")
    elif tried(request, lambda: channel.switch_off(by=request.actor)):
        messages.success(request, f"{channel.name} is told nothing more.")
    return redirect("channels:detail", pk)


@require_POST
@requires(Role.OPERATOR)
def channel_seen(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Note that somebody knows that it was switched off by itself."""
    channel = get_object_or_404(Channel, pk=pk)
    if tried(request, lambda: channel.see(by=request.actor)):
        messages.success(request, f"Noted. {channel.name} stays off until somebody switches it on.")
    return redirect("channels:detail", pk)


@require_POST
@requires(Role.ADMIN)
def channel_rotate(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Sign with another secret."""
    channel = get_object_or_404(Channel, pk=pk)
    if tried(request, lambda: channel.rotate_secret(by=request.actor)):
        said = "It signs with a new secret. For 24 hours the one before signs beside it: change the receiver by then."
        messages.success(request, said)
    return redirect("channels:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.ADMIN)
def channel_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete."""
    channel = get_object_or_404(Channel, pk=pk)
    if request.method == "POST" and tried(request, lambda: channel.remove(by=request.actor)):
        messages.success(request, f"The channel {channel.name} is deleted.")
        return redirect("channels:list")
    return render(request, "notifications/channels/delete.html", {"channel": channel})


def _say(request: ConsoleRequest, channel: Channel, delivery: Delivery, to_me: str) -> None:
    if delivery.status != State.SENT:
        messages.error(request, f"The test did not arrive. {delivery.last_error}")
    elif channel.kind == Way.EMAIL and to_me:
        messages.success(request, f"The test went to {to_me}, and to nobody else.")
    else:
        messages.success(request, f"The test was taken by {channel.name}. Nobody else was told.")
