"""Where addresses lie in a copy, and how its pages lead to each other from any folder of any web server."""

from __future__ import annotations

import pytest

from statuspage.document import ATOM, HTML, ICS, JSON, RSS, SVG
from statuspage.site import form

SITE = "https://status.example.com"
LIES = {
    "/status": "status/index.html",
    "/status/history": "status/history/index.html",
    "/status/history?month=2026-11": "status/history/2026-11/index.html",
    "/status/services/checkout": "status/services/checkout/index.html",
    "/status/rss": "status/rss.xml",
    "/static/public.css": "static/public.css",
}


@pytest.mark.parametrize(
    ("address", "content_type", "name"),
    [
        *((address, HTML, name) for address, name in LIES.items() if name.endswith("index.html")),
        ("/status/rss", RSS, "status/rss.xml"),
        ("/status/atom?service=checkout", ATOM, "status/services/checkout/atom.xml"),
        ("/status/calendar.ics", ICS, "status/calendar.ics"),
        ("/status/calendar.ics?service=checkout", ICS, "status/services/checkout/calendar.ics"),
        ("/status/services/checkout/badge.svg", SVG, "status/services/checkout/badge.svg"),
        ("/api/v1/status", JSON, "api/v1/status.json"),
        ("/api/v1/status/incidents?days=365", JSON, "api/v1/status/incidents/days-365.json"),
        ("/api/v2/summary.json", JSON, "api/v2/summary.json"),
        ("/status/picture", "image/png", "status/picture.png"),
    ],
)
def test_each_address_has_a_file_that_any_server_knows_the_type_of(address: str, content_type: str, name: str) -> None:
    assert form.location(address, content_type) == name


def test_no_address_leads_out() -> None:
    with pytest.raises(ValueError, match="leads out"):
        form.location("/status/../../etc/passwd", HTML)


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("status/index.html", "/status", "./"),
        ("index.html", "/status", "status/"),
        ("status/index.html", "/status/services/checkout#d2026-11-01", "services/checkout/#d2026-11-01"),
        ("status/services/checkout/index.html", "/status/", "../../"),
        ("status/services/checkout/index.html", "/status/history?month=2026-11", "../../history/2026-11/"),
        ("status/history/2026-11/index.html", "/status/rss", "../../rss.xml"),
        ("status/index.html", "/static/public.css", "../static/public.css"),
        ("status/index.html", "/status/history?month=2019-01", f"{SITE}/status/history?month=2019-01"),
        ("status/index.html", "/status/subscribe?incident=1", f"{SITE}/status/subscribe?incident=1"),
    ],
)
def test_links_are_relative_and_what_needs_the_server_leads_to_it(page: str, target: str, link: str) -> None:
    assert form.relative(page, LIES.get, SITE, target) == link


def test_only_addresses_of_ours_in_tags_are_rewritten() -> None:
    html = (
        '<p>href="/status"</p><a class="x" href="/a?b=1&amp;c=2">A</a><a href="#m">M</a><a href="https://else/">E</a>'
    )
    made = form.with_links(html, lambda target: f"<{target}>")
    assert made == html.replace('"/a?b=1&amp;c=2"', '"&lt;/a?b=1&amp;c=2&gt;"')


def test_a_form_becomes_a_link_to_where_it_may_be_sent() -> None:
    inside = '<input type="hidden" name="incident_id" value="7"><p><input></p><button type="submit">Follow</button>'
    made = form.without_forms(f'<form method="post" action="/status/subscribe">{inside}</form><p>Else</p>')
    assert made == '<p><a href="/status/subscribe?incident=7">Follow</a></p><p>Else</p>'


def test_a_page_says_where_its_age_is_written() -> None:
    made = form.aged('<main id="main" data-live>\n<!--stale-->', "../as-of.json")
    assert '<main id="main" data-live data-as-of="../as-of.json">' in made
    assert '<a href="../as-of.json">' in made
