"""Who calls: a script by its key, or a person by the console's session."""

from __future__ import annotations

import base64

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.complete import is_complete
from accounts.models import ApiKey, User
from accounts.roles import Role
from events.actors import Actor

SCHEME = "bearer"
ANONYMOUS = Actor("anonymous")


class KeyAuthentication(authentication.BaseAuthentication):
    """Takes ``Authorization: Bearer <API key>``. The key is ``request.auth``, its owner (if any) ``request.user``.

    A view with ``key_as_password`` takes it as the password of Basic, too: some machines have nothing else. What its
    ``key_brings`` names comes with the key.
    """

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, ApiKey] | None:
        """Return the caller, None without the header; raises ``AuthenticationFailed`` for a key that is no good."""
        view = (request.parser_context or {}).get("view")
        text = key_text(request.headers.get("Authorization", ""), as_password=getattr(view, "key_as_password", False))
        if text is None:
            return None
        now = timezone.now()
        key = ApiKey.objects.by_secret(text, now=now, also=getattr(view, "key_brings", ()))
        if key is None:
            # One answer for unknown, revoked and expired: who guesses learns nothing.
            raise AuthenticationFailed("This API key is not valid. Make a new one in the console, or ask an admin.")
        key.touch(now)
        return key.owner or AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF calls it so
        """Return the challenge that makes a refusal 401 and not 403."""
        return 'Bearer realm="api"'


def key_text(header: str, *, as_password: bool) -> str | None:
    """Return the key of an ``Authorization`` header: a Bearer token or, if so wanted, the password of Basic."""
    scheme, _, text = header.partition(" ")
    if scheme.lower() == SCHEME:
        return text.strip()
    return _password(text.strip()) if as_password and scheme.lower() == "basic" else None


def _password(encoded: str) -> str | None:
    try:
        return base64.b64decode(encoded, validate=True).decode().partition(":")[2]
    except ValueError:
        return None


class SessionAuthentication(authentication.SessionAuthentication):
    """Takes the console's session, if it is complete; unsafe methods need the CSRF token as pages do."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Return whose session it is; nobody's, while a second factor is required and not shown."""
        found = super().authenticate(request)
        return found if found and is_complete(request._request.session, found[0]) else None  # noqa: SLF001 - as DRF


def role_of_caller(request: Request) -> Role | None:
    """Return what the caller may: the key's role, else the person's. None for nobody and for a key of alerts alone."""
    if isinstance(request.auth, ApiKey):
        return request.auth.role
    return Role(request.user.role) if isinstance(request.user, User) else None


def actor_of_caller(request: Request) -> Actor:
    """Return the caller as the log names them."""
    if isinstance(request.auth, ApiKey):
        return request.auth.actor
    return request.user.actor if isinstance(request.user, User) else ANONYMOUS
