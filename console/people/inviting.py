"""Inviting somebody, once more, and not after all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.inviting import deliver, mail_goes_out
from accounts.models import Invitation, User
from accounts.once import ShownOnce, new_token, once
from accounts.roles import Role
from console.people.forms import InvitationForm
from services.forms import accepted
from services.views.answers import tried


@requires(Role.ADMIN)
@never_cache
@once
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ConsoleRequest) -> HttpResponse:
    """Make an account, and send the link by which it is taken; where no mail goes out, show the link."""
    form, made = InvitationForm(request.POST or None), list[Invitation]()
    if request.method == "POST" and accepted(form, lambda: made.append(Invitation.send(by=request.actor, **form.said))):
        return _sent(request, made[0])
    context = {"form": form, "form_token": new_token(), "mail": mail_goes_out()}
    return render(request, "console/people/invite.html", context, status=400 if form.errors else 200)


@requires(Role.ADMIN)
@never_cache
@once
@require_POST
def invite_again(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send another link, and end the one before."""
    user, made = get_object_or_404(User, pk=pk), list[Invitation]()
    if tried(request, lambda: made.append(Invitation.renew(user, by=request.actor))):
        return _sent(request, made[0])
    return redirect("people:detail", pk=pk)


@require_POST
@requires(Role.ADMIN)
def withdraw(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """End an invitation."""
    user = get_object_or_404(User, pk=pk)
    if tried(request, lambda: Invitation.withdraw(user, by=request.actor)):
        messages.success(request, f"The invitation of {user} is withdrawn: its link no longer works.")
    return redirect("people:detail", pk=pk)


def _sent(request: ConsoleRequest, invitation: Invitation) -> HttpResponse:
    user, link = invitation.user, deliver(invitation)
    if not link:
        messages.success(request, f"{user} is invited. The mail goes to {user.email}.")
        return redirect("people:list")
    context = {"person": user, "link": link, "invitation": invitation}
    page = render_to_string("console/people/invited.html", context, request)
    again = f"{user} was invited already, and the link shown that once. If nobody copied it, send another."
    return ShownOnce(page, leads_to=reverse("people:detail", args=[user.pk]), again=again)
