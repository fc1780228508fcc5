"""The sidebar as a template tag."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone

from accounts.access import may
from accounts.models import User
from accounts.roles import Role
from console.navigation import places_for
from console.notices import notices
from oncall.outlook import at_once

register = template.Library()


@register.inclusion_tag("console/_navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """List the pages that the signed-in person may open, the present one marked."""
    request: HttpRequest = context["request"]
    user = request.user
    if not isinstance(user, User):
        return {"places": []}
    return {"places": [(place, place.holds(request.path)) for place in places_for(Role(user.role))]}


@register.inclusion_tag("console/_notices.html", takes_context=True)
def behind_the_scenes(context: Context) -> dict[str, Any]:
    """Say to those who run things what is wrong with our own works."""
    user = context["request"].user
    return {"notices": notices(timezone.now()) if may_operate(user) else []}


@register.inclusion_tag("console/_on_call.html", takes_context=True)
def on_call_now(context: Context) -> dict[str, Any]:
    """Name who is on call at this moment, by any schedule; nothing where there is none."""
    user = context["request"].user
    rows = at_once(timezone.now()) if isinstance(user, User) else []
    people = list(dict.fromkeys(row.on_call.user for row in rows if row.on_call.user is not None))
    missing = [row.schedule for row in rows if row.on_call.user is None]
    return {"rows": rows, "people": people, "missing": missing, "you": user in people}


@register.filter
def may_operate(user: User | AnonymousUser | None) -> bool:
    """Say whether ``user`` may change things: the buttons of others are left out."""
    return user is not None and may(user, Role.OPERATOR)


@register.filter
def may_administer(user: User | AnonymousUser | None) -> bool:
    """Say whether ``user`` may see to people and keys."""
    return user is not None and may(user, Role.ADMIN)
