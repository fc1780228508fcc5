"""Every route by every caller, generated from the URL map.

The rule is deny by default: reading asks for a viewer, changing for an operator, the raw rows for an admin. What
differs stands in ``EXCEPTIONS``; a route that neither the rule nor the table knows fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from tests.api.calling import Lasting, Rule, differences, is_api
from tests.api.routes import Route, routes
from tests.factories import bearer

pytestmark = pytest.mark.django_db
Needs = tuple[Role | None, Role | None]

PUBLIC: Needs = (None, None)
DEFAULT: Needs = (Role.VIEWER, Role.OPERATOR)
OWN: Needs = (Role.VIEWER, Role.VIEWER)
CHANGERS: Needs = (Role.OPERATOR, Role.OPERATOR)
ADMIN: Needs = (Role.ADMIN, Role.ADMIN)
RULES = {"/api/v1/": DEFAULT, "/console/": DEFAULT, "/admin/": ADMIN}

# Where machines alone come in, and with which methods: by a key with the scope alerts, and by nothing else.
MACHINES = {
    "api:alert-list": ("POST",),
    "api:alertmanager-webhook": ("POST",),
    "alertmanager-alerts": ("GET", "POST"),
    "alertmanager-status": ("GET",),
    "alertmanager-receivers": ("GET",),
}
# What reading and changing need, where it is not the rule. A name that ends in ":" stands for its whole namespace.
EXCEPTIONS: dict[str, Needs] = {
    "home": PUBLIC,
    "health-live": PUBLIC,
    "health-ready": PUBLIC,
    "healthz": PUBLIC,
    "metrics": PUBLIC,
    "statuspage:": PUBLIC,
    # Who is paged acknowledges by the link of the message, half asleep and without a password.
    "paging:": PUBLIC,
    # Who holds the link of a mail acts for its address.
    "subscriptions:": PUBLIC,
    # Watched jobs have nothing but curl: the secret in the address is the key, and a GET tells as well as a POST.
    "ping": PUBLIC,
    # Calendars and the readers of messages have nothing but the link.
    "oncall-links:": PUBLIC,
    "ping-start": PUBLIC,
    "ping-fail": PUBLIC,
    "api:status": PUBLIC,
    "api:status-service": PUBLIC,
    "api:status-incidents": PUBLIC,
    "api:status-incident": PUBLIC,
    "api:status-postmortem": PUBLIC,
    "api:status-maintenance": PUBLIC,
    "api:status-rss": PUBLIC,
    # The front answers before Django is asked; ``tests/streams`` has its doors.
    "api:stream-public": PUBLIC,
    # But for what ``MACHINES`` says.
    "api:alertmanager-webhook": PUBLIC,
    "alertmanager-alerts": PUBLIC,
    "alertmanager-status": PUBLIC,
    "alertmanager-receivers": PUBLIC,
    "alertmanager-ready": PUBLIC,
    # The key stands in the body.
    "enqueue": PUBLIC,
    "enqueue-slash": PUBLIC,
    "api:integration-list": ADMIN,
    "api:integration-detail": ADMIN,
    "api:integration-signals": ADMIN,
    "schema": PUBLIC,
    "docs": PUBLIC,
    "login": PUBLIC,
    "password_reset": PUBLIC,
    "password_reset_done": PUBLIC,
    "password_reset_confirm": PUBLIC,
    "logout": OWN,
    "password_change": OWN,
    "invitation": PUBLIC,
    # Nobody is signed in yet: what was shown before stands in the session.
    "second_step": PUBLIC,
    "oidc": PUBLIC,
    "oidc_back": PUBLIC,
    "accounts:profile": OWN,
    "accounts:sign-out-elsewhere": OWN,
    "accounts:second-factor": OWN,
    "accounts:second-factor-new": OWN,
    "accounts:second-factor-code": OWN,
    "accounts:second-factor-off": OWN,
    "accounts:recovery-codes": OWN,
    "people:": ADMIN,
    "settings:": ADMIN,
    "accounts:zone": OWN,
    "accounts:keys": ADMIN,
    "accounts:key-create": ADMIN,
    "accounts:key-revoke": ADMIN,
    "push:": PUBLIC,
    "channels:list": CHANGERS,
    "channels:detail": CHANGERS,
    "channels:see": CHANGERS,
    "channels:": ADMIN,
    "api:channel-list": (Role.OPERATOR, Role.ADMIN),
    "api:channel-detail": (Role.OPERATOR, Role.ADMIN),
    "api:channel-test": (Role.OPERATOR, Role.ADMIN),
    "api:channel-rotate-secret": (Role.OPERATOR, Role.ADMIN),
    "alerts:incident-escalate": CHANGERS,
    "alerts:silence-create": CHANGERS,
    "alerts:integrations": ADMIN,
    "alerts:integration-create": ADMIN,
    "alerts:integration": ADMIN,
    "alerts:integration-edit": ADMIN,
    "alerts:integration-remove": ADMIN,
    "oncall:schedule-create": CHANGERS,
    "oncall:schedule-edit": CHANGERS,
    "oncall:schedule-delete": CHANGERS,
    "oncall:schedule-cover": CHANGERS,
    "oncall:schedule-swap": CHANGERS,
    "oncall:policy-create": CHANGERS,
    "oncall:policy-edit": CHANGERS,
    "oncall:policy-delete": CHANGERS,
    # A way is asked whether it is theirs, and tried: what goes out is for those who may change something.
    "oncall:way-create": CHANGERS,
    "oncall:way-edit": CHANGERS,
    "oncall:way-remove": CHANGERS,
    "incidents:declare": CHANGERS,
    "incidents:edit": CHANGERS,
    "incidents:publish": CHANGERS,
    "incidents:action-item": CHANGERS,
    # A filter of one's own changes nothing for anybody else.
    "incidents:filter-save": OWN,
    "incidents:filter-change": OWN,
    "incidents:filter-delete": OWN,
    "incidents:template-create": CHANGERS,
    "incidents:template-edit": CHANGERS,
    "maintenance:plan": CHANGERS,
    "maintenance:edit": CHANGERS,
    "maintenance:preview": CHANGERS,
    # Whom messages went to is no viewer's business.
    "deliveries:": CHANGERS,
    "api:notification-list": CHANGERS,
    "api:notification-detail": CHANGERS,
    "api:notification-retry": CHANGERS,
    "api:notification-seen": CHANGERS,
    "subscribers:": CHANGERS,
    "subscribers:import": ADMIN,
    "subscribers:vouch": ADMIN,
    # Anybody may ask to be told; the list itself takes nothing else.
    "api:subscriber-list": (Role.OPERATOR, None),
    "api:subscriber-detail": CHANGERS,
    "api:api-key-list": ADMIN,
    "api:api-key-detail": ADMIN,
    "api:export": ADMIN,
    "api:export-logs": ADMIN,
    "api:import": ADMIN,
    "api:settings": ADMIN,
    "api:settings-logo": ADMIN,
    "api:user-list": (Role.VIEWER, Role.ADMIN),
    "api:user-detail": (Role.VIEWER, Role.ADMIN),
    "api:user-invite": (Role.VIEWER, Role.ADMIN),
    "api:user-withdraw-invitation": (Role.VIEWER, Role.ADMIN),
    "api:user-reset-second-factor": (Role.VIEWER, Role.ADMIN),
}
SESSIONS = {"anonymous": None, "viewer": Role.VIEWER, "operator": Role.OPERATOR, "admin": Role.ADMIN}
KEYS = {"read": Role.VIEWER, "write": Role.OPERATOR, "alerts": None, "admin": Role.ADMIN}
# Who else is let in is known before a row is looked for; an admin comes to every one, on each database.
EVERYWHERE = "admin"


def needs_of(route: Route) -> Needs:
    """Return what the tables say; raises ``StopIteration`` for a route they do not know."""
    space = f"{route.name.partition(':')[0]}:"
    for name in (route.name, space):
        if name in EXCEPTIONS:
            return EXCEPTIONS[name]
    return next(needs for prefix, needs in RULES.items() if route.path.startswith(prefix))


def expected(route: Route, method: str, role: Role | None, *, known: bool) -> str:
    """Return ``let in``, ``refused``, or ``stranger`` (asked to sign in)."""
    needed = needs_of(route)[0 if method == "GET" else 1]
    if needed is None or (role is not None and role.includes(needed)):
        return "let in"
    return "refused" if known else "stranger"


def expected_of_machines(route: Route, *, known: bool, is_key: bool, reports: bool) -> str:
    """Return the same of an address where machines report. Those of other products know no sessions."""
    if reports:
        return "let in"
    return "refused" if known and (is_key or route.name == "api:alert-list") else "stranger"


def rule_of(role: Role | None, *, known: bool, is_key: bool = False, reports: bool = False) -> Rule:
    """Return what the tables say of one caller."""

    def rule(route: Route, method: str) -> str:
        if method in MACHINES.get(route.name, ()):
            return expected_of_machines(route, known=known, is_key=is_key, reports=reports)
        # Pages know no keys: there a script is a stranger.
        counts = not is_key or is_api(route)
        return expected(route, method, role if counts else None, known=known and counts)

    return rule


def callers(names: Iterable[str]) -> list[Any]:
    return [name if name == EVERYWHERE else pytest.param(name, marks=pytest.mark.once) for name in names]


def test_every_route_is_known() -> None:
    unknown = []
    for route in routes():
        try:
            needs_of(route)
        except StopIteration:
            unknown.append(f"{route.path} ({route.name})")
    assert unknown == []


def test_every_exception_is_a_route() -> None:
    names = {route.name for route in routes()}
    spaces = {f"{name.partition(':')[0]}:" for name in names}
    assert set(EXCEPTIONS) <= names | spaces


@pytest.mark.parametrize("caller", callers(SESSIONS))
def test_people_are_let_in_by_their_role(caller: str) -> None:
    role = SESSIONS[caller]
    assert differences(Lasting(role), rule_of(role, known=role is not None)) == []


@pytest.mark.parametrize("scope", callers(KEYS))
def test_scripts_are_let_in_by_their_scope(scope: str) -> None:
    rule = rule_of(KEYS[scope], known=True, is_key=True, reports=scope == "alerts")
    # A page that takes no notice of the mightiest key takes none of the others.
    assert differences(Client(headers=bearer(scope)), rule, pages=scope == EVERYWHERE) == []
