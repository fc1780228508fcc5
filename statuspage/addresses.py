"""Which public address is which. Pure; the renderer, the edge and Django's views agree through this module."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qs, quote
from uuid import UUID

from branding.languages import LANGUAGES
from statuspage import badges
from statuspage.words import asked

PAGE = "/status"
HISTORY = "/status/history"
SEARCH = "/status/search"
LONGEST_SEARCH = 80
RSS = "/status/rss"
ATOM = "/status/atom"
CALENDAR = "/status/calendar.ics"
BADGE = "/status/badge.svg"
OG_PICTURE = "/status/og.png"
ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
WIDGET = "/status/widget.js"
WIDGET_STATE = "/status/widget.json"
# Files named after their bytes.
BRAND = "/status/brand/"
API = "/api/v1/status"
API_INCIDENTS = "/api/v1/status/incidents"
API_MAINTENANCE = "/api/v1/status/maintenance"
API_RSS = "/api/v1/status/rss"

# What is in another language than the main one stands below its code.
_CODES = "|".join(LANGUAGES)
_IN = re.compile(rf"{PAGE}/({_CODES})((?:/.*)?)", re.DOTALL)


def within(address: str, language: str) -> str:
    """Return where a page stands in a language; ``address`` is that of the main one, which is said by no code."""
    return f"{PAGE}/{language}{address.removeprefix(PAGE)}" if language else address


def everywhere(found: Iterable[str], languages: Iterable[str]) -> set[str]:
    """Return pages with all the places where they stand in these languages besides."""
    pages = set(found)
    return pages.union(within(page, code) for code in languages for page in pages)


def plain(address: str) -> tuple[str, str]:
    """Return the language that an address says, empty for the main one, and where the page stands in that."""
    found = _IN.fullmatch(address)
    return (found[1], PAGE + found[2]) if found else ("", address)


SEARCHES = everywhere([SEARCH], LANGUAGES)
# The one parameter that each of these knows; every other is ignored everywhere.
PARAMETER = {
    **dict.fromkeys(everywhere([HISTORY], LANGUAGES), "month"),
    API_INCIDENTS: "days",
    **dict.fromkeys((RSS, ATOM, API_RSS, CALENDAR), "service"),
}
ALIAS = {API_RSS: RSS}


def service_page(slug: str) -> str:
    """Return the address of a service's page."""
    return f"/status/services/{slug}"


def service_badge(slug: str) -> str:
    """Return the address of a service's badge."""
    return f"/status/services/{slug}/badge.svg"


def service_api(key: UUID) -> str:
    """Return the address of a service's JSON."""
    return f"{API}/services/{key}"


def incident_page(key: UUID) -> str:
    """Return the address of an incident's page."""
    return f"/status/incidents/{key}"


def incident_api(key: UUID) -> str:
    """Return the address of an incident's JSON."""
    return f"{API_INCIDENTS}/{key}"


def postmortem_api(key: UUID) -> str:
    """Return the address of the JSON of an incident's postmortem."""
    return f"{API_INCIDENTS}/{key}/postmortem"


def window_page(key: UUID) -> str:
    """Return the address of a maintenance window's page."""
    return f"/status/maintenance/{key}"


def window_calendar(key: UUID) -> str:
    """Return the address of the calendar that holds one window alone."""
    return f"/status/maintenance/{key}/calendar.ics"


def history(month: date) -> str:
    """Return the address of a month's history."""
    return f"{HISTORY}?month={month:%Y-%m}"


def search(words: str) -> str:
    """Return the address of what holds these words; that of all for none."""
    return f"{SEARCH}?q={quote(words, safe='')}" if words else SEARCH


def feed(base: str, slug: str) -> str:
    """Return the address of a service's feed; ``base`` is :data:`RSS`, :data:`ATOM` or :data:`CALENDAR`."""
    return f"{base}?service={slug}"


def brand_file(tag: str, extension: str) -> str:
    """Return the address of a file of the brand, by the tag of its bytes."""
    return f"{BRAND}{tag}.{extension}"


def canonical(path: str, query: str) -> str:
    """Return the address under which the answer is kept: no slash at the end, no parameter that is not known."""
    path = path.rstrip("/") or "/"
    if query and path.endswith(badges.END):
        return badges.variant(path, query)
    if path in SEARCHES:
        words = asked(query, "q", LONGEST_SEARCH)
        return f"{path}?q={quote(words, safe='')}" if words else path
    name = PARAMETER.get(path)
    path = ALIAS.get(path, path)
    if name and query:
        values = parse_qs(query, keep_blank_values=True, max_num_fields=50).get(name) if query.count("&") < 50 else None
        if values:
            return f"{path}?{name}={values[-1]}"
    return path
