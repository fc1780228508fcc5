"""A change of the brand is on everything public that shows it, in one go, and costs nothing where nothing is set."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from branding.models import Brand
from services.models import Service
from statuspage.addresses import BRAND
from tests.branding.pictures import picture
from tests.statuspage import conftest
from tests.statuspage.conftest import ANN, Asker
from tests.statuspage.copies import below, collected, dead_links

pytestmark = [pytest.mark.django_db, pytest.mark.published]
ask, shelf, checkout, put_on_shelf = conftest.ask, conftest.shelf, conftest.checkout, conftest.put_on_shelf
FILE = re.compile(rf'"({BRAND}[0-9a-f]{{24}}\.(?:css|png))"')
WORN: dict[str, Any] = {
    "name": "Acme <Status>",
    "about": "What **works** at Acme. <script>alert(1)</script>",
    "homepage": "https://acme.example",
    "support": "mailto:help@acme.example",
    "links": [{"label": "Terms & more", "url": "https://acme.example/terms?a=1&b=2"}],
    "footer": "Acme Ltd., [imprint](https://acme.example/imprint)",
    "timezone": "Asia/Kolkata",
    "accent": "#e2001a",
}


@pytest.fixture
def page(checkout: Service, ask: Asker, put_on_shelf: Callable[[], None]) -> Callable[..., str]:
    """Return a function that publishes what waits, and reads an address."""

    def read(address: str = "/status", query: str = "") -> str:
        put_on_shelf()
        return ask(address, query).body.decode()

    return read


@pytest.fixture
def worn(page: Callable[..., str]) -> None:
    page()
    Brand.current().edit(by=ANN, changes=WORN)
    Brand.current().set_logo(picture(), by=ANN)


def test_with_nothing_set_there_is_nothing_to_fetch(page: Callable[..., str]) -> None:
    plain = page()
    assert "· OpStatus</title>" in plain
    assert BRAND not in plain
    assert "Website" not in plain
    assert " UTC</time>" in plain


@pytest.mark.usefixtures("worn")
def test_the_page_shows_it_all(page: Callable[..., str]) -> None:
    shown = page()
    assert "· Acme &lt;Status&gt;</title>" in shown
    assert 'alt="Acme &lt;Status&gt;" width="160" height="40"' in shown
    assert "<strong>works</strong>" in shown
    assert "<script>alert" not in shown
    assert '<a href="https://acme.example/terms?a=1&amp;b=2" rel="noopener">Terms &amp; more</a>' in shown
    for found in ("https://acme.example", "mailto:help@acme.example", "https://acme.example/imprint"):
        assert f'href="{found}"' in shown
    assert re.search(r'title="[^"]+ UTC">[^<]+ IST</time>', shown)
    assert "those of Asia/Kolkata" in shown
    for address in ("/status/history", "/status/services/checkout-api"):
        other = page(address)
        assert "· Acme &lt;Status&gt;</title>" in other
        assert set(FILE.findall(other)) == set(FILE.findall(shown))
        assert "<strong>works</strong>" not in other


@pytest.mark.usefixtures("worn")
def test_its_files_are_kept_for_good_and_are_gone_with_it(page: Callable[..., str], ask: Asker) -> None:
    css, png = FILE.findall(page())
    sheet, logo = ask(css), ask(png)
    assert "--accent:light-dark(#e2001a," in sheet.body.decode()
    assert (sheet.headers["content-type"], logo.headers["content-type"]) == ("text/css; charset=utf-8", "image/png")
    assert sheet.headers["cache-control"] == logo.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "content-encoding" not in ask(png, accept_encoding="gzip, br").headers
    Brand.current().remove_logo(by=ANN)
    Brand.current().edit(by=ANN, changes={"accent": ""})
    assert BRAND not in page()
    assert (ask(css).status, ask(png).status) == (299, 299)


@pytest.mark.usefixtures("worn")
def test_feeds_calendars_and_scripts_know_the_name(page: Callable[..., str]) -> None:
    for address in ("/status/rss", "/status/atom"):
        assert "<title>Acme &lt;Status&gt;</title>" in page(address)
        assert "<title>Checkout API · Acme &lt;Status&gt;</title>" in page(address, "service=checkout-api")
    assert "Maintenance · Acme <Status>" in page("/status/calendar.ics")
    own = json.loads(page("/api/v1/status"))["page"]
    theirs = json.loads(page("/api/v2/summary.json"))["page"]
    assert own["name"] == theirs["name"] == "Acme <Status>"
    assert own["time_zone"] == theirs["time_zone"] == "Asia/Kolkata"


def test_what_no_form_let_through_does_not_stop_the_page(page: Callable[..., str]) -> None:
    page()
    Brand.current().edit(by=ANN, changes={"name": "Acme"})
    Brand.objects.update(accent="tomato", timezone="Mars/Base")
    assert "· Acme</title>" in page()


@pytest.fixture
def statics() -> Iterator[None]:
    with collected():
        yield


@pytest.mark.usefixtures("worn", "statics")
def test_a_copy_elsewhere_wears_it_too(page: Callable[..., str], tmp_path: Path, settings: Any) -> None:
    names = {found.rpartition("/")[2] for found in FILE.findall(page())}
    call_command("publish", to=str(tmp_path / "www"))
    written = below(tmp_path / "www")
    assert {f"status/brand/{name}" for name in names} <= written
    assert not [link for link in dead_links(tmp_path / "www", settings.SITE_URL) if "brand" in link]
    own = (tmp_path / "www/status/services/checkout-api/index.html").read_text()
    assert all(f'"../../brand/{name}"' in own for name in names)
