"""Whose account it is that the provider vouches for. An address counts the first time, if it is verified there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import Identity, Invitation, User
from accounts.models.invitation import NotInvited
from accounts.oidc.errors import NotAdmitted
from events.actors import SYSTEM
from events.command import command, join
from events.kinds import Kind
from events.text import as_one_line

Claims = Mapping[str, Any]


def person_of(claims: Claims, now: datetime) -> User:
    """Return the account of whoever came, tied to them from now on. Raises :class:`NotAdmitted`."""
    issuer, subject = settings.OIDC_ISSUER, str(claims["sub"])
    user = Identity.find(issuer, subject)
    if user is None:
        try:
            with join():
                user = _by_address(claims, now)
                Identity.tie(user, issuer=issuer, subject=subject, now=now)
        except IntegrityError:
            raise NotAdmitted("twice_at_once", "You came twice at the same time. Try again.") from None
    if not user.is_active:
        raise NotAdmitted("deactivated", "Your account here is deactivated. Ask an admin to let you in again.")
    return user


def _by_address(claims: Claims, now: datetime) -> User:
    email = _verified(claims)
    # Who is tied already is somebody else at the provider, whatever the address says today.
    rows = User.objects.filter(email__iexact=email).exclude(identities__issuer=settings.OIDC_ISSUER)
    people = [user for user in rows.select_related("invitation") if _same(user.email, email)]
    active = [user for user in people if user.is_active]
    if len(active) > 1:
        raise NotAdmitted("several", f"Several accounts here have the address {email}. Ask an admin to change that.")
    return active[0] if active else _invited(people, claims, now) or _new(people, claims, email, now)


def _verified(claims: Claims) -> str:
    email = _text(claims, "email")
    # Some providers write the word.
    if not email or not email.isprintable() or claims.get("email_verified") not in (True, "true"):
        raise NotAdmitted("unverified", f"{settings.OIDC_NAME} names no address of yours that it has verified.")
    return email


def _same(one: str, other: str) -> bool:
    """Compare addresses. A database may take a letter of another alphabet for one of ours: that is somebody else."""
    return one == other or (one.isascii() and other.isascii() and one.lower() == other.lower())


def _invited(people: list[User], claims: Claims, now: datetime) -> User | None:
    """Accept an invitation to the address: who reads it is whom the provider vouches for."""
    rows = [row for row in (getattr(user, "invitation", None) for user in people) if row and now < row.expires_at]
    if len(rows) != 1:
        return None
    row: Invitation = rows[0]
    try:
        return row.accept(None, name=row.user.name or _name(claims), timezone=row.user.timezone, now=now)
    except NotInvited as error:
        raise NotAdmitted("twice_at_once", str(error)) from error


def _new(people: list[User], claims: Claims, email: str, now: datetime) -> User:
    if people:
        raise NotAdmitted("deactivated", "Your account here is deactivated. Ask an admin to let you in again.")
    if not settings.OIDC_DEFAULT_ROLE:
        raise NotAdmitted("unknown", f"No account here has the address {email}. Ask an admin to invite you.")
    user = User(email=User.objects.normalize_email(email), role=settings.OIDC_DEFAULT_ROLE, name=_name(claims))
    user.username, user.created_at = _username(claims, email), now
    user.set_unusable_password()
    try:
        with command(SYSTEM, now=now) as tell:
            user.full_clean(exclude=["password"])
            user.save(force_insert=True)
            after = {"username": user.username, "email": user.email, "role": user.role}
            tell(Kind.USER_CREATED, subject=user.subject, data={"by": "oidc"}, after=after)
    except ValidationError as error:
        raise NotAdmitted("no_account", f"No account can be made for you: {' '.join(error.messages)}") from error
    return user


def _name(claims: Claims) -> str:
    """Return the name as the provider writes it, on one line."""
    return as_one_line(_text(claims, "name"))[:150]


def _username(claims: Claims, email: str) -> str:
    """Return what the provider calls them; the address where nobody can be called so here, or somebody is."""
    wanted = _text(claims, "preferred_username")
    return wanted if wanted and _is_free(wanted) else email[:150]


def _is_free(username: str) -> bool:
    try:
        User._meta.get_field("username").run_validators(username)
    except ValidationError:
        return False
    return not User.objects.filter(username__iexact=username).exists()


def _text(claims: Claims, name: str) -> str:
    """Return what a claim says; some providers write null where they know nothing."""
    said = claims.get(name)
    return said if isinstance(said, str) else ""
