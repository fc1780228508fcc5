"""Calling every route as one caller, and what the answers amount to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.roles import Role
from tests.api.routes import Route, routes
from tests.factories import UserFactory

# As browsers send it with every form of ours.
FROM_HERE = {"Origin": "http://testserver"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Says which outcome is right of a route and a method.
Rule = Callable[[Route, str], str]


class Lasting(Client):
    """A client that signs in anew after it has signed out."""

    def __init__(self, role: Role | None) -> None:
        super().__init__()
        self.user = UserFactory.create(role=role.value) if role else None

    def generic(self, *args: object, **kwargs: object) -> Any:
        session = self.cookies.get(settings.SESSION_COOKIE_NAME)
        if self.user and not (session and session.value):
            self.force_login(self.user)
        return super().generic(*args, **kwargs)  # type: ignore[arg-type]


def differences(client: Client, rule: Rule, *, pages: bool = True) -> list[str]:
    """Call every route, or those of the API alone, and return where the answer is not the one of the rule."""
    client.raise_request_exception = False
    found = []
    for route in routes():
        for method in _methods(route) if pages or is_api(route) else ():
            want, got = rule(route, method), _outcome(_called(client, route, method))
            # The raw rows refuse admins too what must not be edited.
            if got != want and not (route.path.startswith("/admin/") and (got, want) == ("refused", "let in")):
                found.append(f"{method} {route.path} ({route.name}): {got}, not {want}")
    return found


def is_api(route: Route) -> bool:
    """Say whether keys count there."""
    return route.path.startswith("/api/")


def _methods(route: Route) -> Iterator[str]:
    """Yield what the view serves, and one that it does not: all such end before it, at the same place."""
    if not is_api(route):
        yield from METHODS[:2]
        return
    served = getattr(route.view, "actions", None) or _served(getattr(route.view, "cls", None))
    yield from (method for method in METHODS if method.lower() in served)
    yield from [method for method in METHODS if method.lower() not in served][:1]


def _served(view: type | None) -> set[str]:
    return {method.lower() for method in METHODS if view is None or hasattr(view, method.lower())}


def _called(client: Client, route: Route, method: str) -> Any:
    # To write the schema as YAML takes seconds.
    accept = {"Accept": "application/json"} if is_api(route) else {}
    return client.generic(method, route.path, b"{}", "application/json", headers={**FROM_HERE, **accept})


def _outcome(answer: Any) -> str:
    """Return what the answer amounts to."""
    if answer.status_code == 401 or (answer.status_code == 302 and "?next=" in answer["Location"]):
        return "stranger"
    if answer.status_code >= 500:
        return f"broken {answer.status_code}"
    return "refused" if answer.status_code == 403 else "let in"
