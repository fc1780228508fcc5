"""Signing in and out, told to the log."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest

from accounts.client import address_of, network_of
from accounts.models import SignInWait, User
from events.actors import Actor
from events.command import command
from events.kinds import Kind


def sign_in(request: HttpRequest, user: User, username: str) -> None:
    """Open the session of ``user`` and forget the failures under the ``username`` that was typed."""
    with command(user.actor) as tell:
        login(request, user)
        tell(Kind.USER_SIGNED_IN, subject=user.subject, data={"address": address_of(request)})
    SignInWait.succeed(username, network_of(request))


def refuse(request: HttpRequest, username: str) -> None:
    """Tell the log of a refusal. It names only people that there are: others type passwords into the name field."""
    user = User.objects.filter(username__iexact=username).first()
    subject = user.subject if user else ("user", "", "somebody unknown")
    with command(Actor("anonymous", "", "somebody")) as tell:
        tell(Kind.USER_SIGN_IN_REFUSED, subject=subject, data={"address": address_of(request)})


def sign_out(request: HttpRequest, user: User) -> None:
    """End the session."""
    with command(user.actor) as tell:
        logout(request)
        tell(Kind.USER_SIGNED_OUT, subject=user.subject)
