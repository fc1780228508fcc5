"""Signing in and out, told to the log. The one place that opens a session, and never before every proof is shown."""

from __future__ import annotations

import time

from django.contrib.auth import login, logout
from django.http import HttpRequest

from accounts.client import address_of, network_of
from accounts.complete import PROVEN, SINCE
from accounts.entry import KEY, Entry
from accounts.models import SecondFactor, SignInWait, User
from accounts.validators import zones
from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind


def admit(request: HttpRequest, user: User, entry: Entry) -> bool:
    """Open the session of ``user``, or remember that a code is asked for; return whether it is open.

    Where the provider says that it asked for a second factor, ours is not asked for on top.
    """
    if not entry.vouched and SecondFactor.of(user):
        entry.remember(request)
        return False
    with command(user.actor) as tell:
        _open(request, user, entry, "provider" if entry.vouched else "", tell)
    _settle(request, user, entry)
    return True


def complete(request: HttpRequest, user: User, entry: Entry, typed: str) -> bool:
    """Open the session of ``user`` if what was typed is a code; raises ``Unopened`` where that cannot be known."""
    with command(user.actor) as tell:
        proven = SecondFactor.take(user, typed, tell)
        if not proven:
            tell.nothing()
            return False
        _open(request, user, entry, proven, tell)
    _settle(request, user, entry)
    SignInWait.succeed(entry.user_id, network_of(request), "code")
    return True


def _open(request: HttpRequest, user: User, entry: Entry, proven: str, tell: Tell) -> None:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(KEY, None)
    request.session[PROVEN], request.session[SINCE] = proven, time.time()
    said: dict[str, str] = {"by": entry.way} if entry.way != "password" else {}
    said |= {"second_factor": proven} if proven else {}
    tell(Kind.USER_SIGNED_IN, subject=user.subject, data={"address": address_of(request), **said})


def _settle(request: HttpRequest, user: User, entry: Entry) -> None:
    """Forget the failures under the name that was typed, and take the browser's zone over the first time."""
    if entry.username:
        SignInWait.succeed(entry.username, network_of(request))
    if entry.first and user.timezone == User().timezone and entry.zone in zones():
        user.change(by=user.actor, changes={"timezone": entry.zone})


def refuse(request: HttpRequest, username: str, because: str = "") -> None:
    """Tell the log of a refusal. It names only people that there are: others type passwords into the name field."""
    user = User.objects.filter(username__iexact=username).first() if username else None
    subject = user.subject if user else ("user", "", "somebody unknown")
    said = {"address": address_of(request), **({"because": because} if because else {})}
    with command(Actor("anonymous", "", "somebody")) as tell:
        tell(Kind.USER_SIGN_IN_REFUSED, subject=subject, data=said)


def sign_out(request: HttpRequest, user: User) -> None:
    """End the session."""
    with command(user.actor) as tell:
        logout(request)
        tell(Kind.USER_SIGNED_OUT, subject=user.subject)
