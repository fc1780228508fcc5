"""Every page there is, from the URL map, so that a new one cannot be forgotten."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import APIRequestContext, Page

from statuspage.v2 import addresses as v2
from tests.browser.public import PATIENCE

# Not pages: other formats, and Swagger's and Django's own.
NOT_PAGES = {"home", "health-live", "health-ready", "healthz", "metrics", "schema", "docs", "logout"}
NOT_PAGES |= {"maintenance:calendar", "statuspage:calendar", "statuspage:maintenance-calendar"}
NOT_PAGES |= {"statuspage:rss", "statuspage:atom", "statuspage:badge", "statuspage:service-badge"}
NOT_PAGES |= {"statuspage:brand"}
# The demo is in English alone: tests/browser/test_the_page_in_other_languages.py opens others.
NOT_PAGES |= {"statuspage:page-in"}
NOT_PAGES |= {f"statuspage:{name}" for name in ("picture", "robots", "sitemap", "widget", "widget-state")}
NOT_PAGES |= {"services:uptime-csv", "services:component-uptime-csv", "subscribers:csv", "push:key", "push:worker"}
NOT_PAGES |= {"incidents:postmortem-export", *(f"statuspage:v2-{path[8:-5]}" for path in v2.ALL)}
# Their addresses come by mail: tests/browser/test_a_visitor_subscribes_and_leaves.py opens them.
NOT_PAGES |= {f"subscriptions:{name}" for name in ("confirm", "manage", "leave", "rotate", "end")}
NOT_PAGES |= {"oncall-links:calendar", "oncall-links:verify", "paging:acknowledge", "invitation"}
# Whoever calls these is no browser.
NOT_PAGES |= {"ping", "ping-start", "ping-fail", "enqueue", "enqueue-slash"}
NOT_PAGES |= {f"alertmanager-{name}" for name in ("alerts", "status", "receivers", "ready")}
# Between two steps of a sign-in: tests/browser/test_a_second_factor_is_set_up.py has the one that is ours.
NOT_PAGES |= {"second_step", "oidc", "oidc_back", "accounts:second-factor-code"}
ONLY_POSTED = 405
FOREIGN = {"admin", "api"}
ANONYMOUS = {"login", "password_reset", "password_reset_done", "password_reset_confirm"}


@dataclass(frozen=True, slots=True)
class Place:
    """A page: the name of its address, and the parameters it takes."""

    name: str
    parameters: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """Say whether nobody needs to sign in."""
        return self.name.startswith(("statuspage:", "subscriptions:")) or self.name in ANONYMOUS

    def address(self, known: Known) -> str:
        """Return an address of this page that exists."""
        return reverse(self.name, kwargs={name: known.value(self.name, name) for name in self.parameters})

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Known:
    """The rows that pages are shown of."""

    service: dict[str, Any]
    incident: dict[str, Any]
    component: str
    group: str
    window: str = ""
    channel: str = ""
    delivery: str = ""
    # Of on-call duty, by the first word of a view's name.
    on_call: dict[str, str] = field(default_factory=dict)
    # What alerts' pages are of, by the first word of a view's name.
    alerts: dict[str, str] = field(default_factory=dict)
    # With the incident whose postmortem it is of.
    action_item: str = ""
    written_up: str = ""
    person: str = ""
    template: str = ""
    key: str = "00000000-0000-4000-8000-000000000000"

    def value(self, place: str, parameter: str) -> str:
        """Return what to put for a parameter of a place."""
        if parameter == "slug":
            return str(self.service["slug"])
        if parameter != "pk":
            return "nonsense"
        room, _, view = place.partition(":")
        if room in ("channels", "deliveries"):
            return self.channel if room == "channels" else self.delivery
        if room == "oncall":
            return self.on_call[view.partition("-")[0]]
        if room == "alerts":
            return self.alerts.get(view.partition("-")[0], self.alerts["detail"])
        if view.startswith("component-") and view != "component-create":
            return self.component
        if room == "people":
            return self.person
        if view.startswith("template-"):
            return self.template
        if view.startswith("filter-"):
            return self.key
        if view.startswith("action-item"):
            return self.written_up if view == "action-item-add" else self.action_item
        if view.startswith("group-"):
            return self.group
        if view.startswith("key-"):
            return self.key
        if "maintenance" in place:
            return self.window
        return str(self.incident["id"] if "incident" in place else self.service["id"])


def opened(page: Page, address: str) -> bool:
    """Open the page, which must be well; ``False`` where nothing but a form's sending is answered."""
    answer = page.goto(address)
    assert answer
    assert answer.ok or answer.status == ONLY_POSTED, f"{answer.status} {address}"
    return answer.ok


def find_rows(api: APIRequestContext) -> Known:
    """Look up the rows of the demo."""
    service = api.get("services?search=checkout&ordering=name").json()["results"][0]
    incident = api.get("incidents?status=identified").json()["results"][0]
    group = api.get("groups").json()["results"][0]["id"]
    window = api.get("maintenance?public=true&status=scheduled").json()["results"][0]["id"]
    channel = api.get("channels").json()["results"][0]["id"]
    item = api.get("action-items").json()["results"][0]
    person = str(api.get("users").json()["results"][0]["id"])
    more: dict[str, Any] = {"action_item": str(item["id"]), "written_up": str(item["incident"]), "person": person}
    more["template"] = str(api.get("incident-templates").json()["results"][0]["id"])
    known = Known(service, incident, _watched(api), group, window, channel, _sent(api), _on_call(api), _alerts(api))
    return replace(known, **more)


def _on_call(api: APIRequestContext) -> dict[str, str]:
    """Return a schedule that somebody stands in on, and what belongs to it."""
    lists = {"schedule": "schedules", "policy": "escalation-policies", "team": "teams", "way": "contact-ways"}
    found = {name: str(api.get(address).json()["results"][0]["id"]) for name, address in lists.items()}
    stand_ins = api.get(f"schedules/{found['schedule']}/overrides").json()["results"]
    return found | {"override": str(stand_ins[0]["id"])}


def _alerts(api: APIRequestContext) -> dict[str, str]:
    """Return an alert that fires, with its incident and integration, and a silence."""
    alert = api.get("alerts?status=firing").json()["results"][0]
    silence = api.get("silences").json()["results"][0]["id"]
    own = {name: str(alert[name]) for name in ("incident", "integration")}
    return {"detail": str(alert["id"]), "silence": str(silence), **own}


def _sent(api: APIRequestContext) -> str:
    """Return a message; the first goes out some moments after the start."""
    end = time.monotonic() + PATIENCE
    found: list[dict[str, Any]] = []
    while not found and time.monotonic() < end:
        found = api.get("notifications?limit=1").json()["results"]
    return str(found[0]["id"])


def _watched(api: APIRequestContext) -> str:
    """Return a component that has a heartbeat."""
    services = api.get("services?limit=1000").json()["results"]
    return next(str(part["id"]) for service in services for part in service["components"] if part["heartbeat"])


def places() -> list[Place]:
    """Return every page of ours that the URL map knows."""
    return [place for place in _walk(get_resolver(), "") if place.name not in NOT_PAGES]


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Place]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield Place(namespace + pattern.name, tuple(_parameters(pattern)))
        elif isinstance(pattern, URLResolver) and pattern.namespace not in FOREIGN:
            yield from _walk(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def _parameters(pattern: URLPattern) -> Iterator[str]:
    regex = pattern.pattern.regex
    yield from (name for name in regex.groupindex if name != "language")
