"""The picture of a link, robots.txt and the sitemap: from public state alone, under whole addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from incidents.models import Incident
from services.models import Service
from services.status import Status
from statuspage.picture import SIZE, picture
from tests.statuspage.conftest import ANN, Asker

SITE = "https://status.example.com"


def draw(name: str = "Status", headline: str = "All is well", mark: str = "operational") -> bytes:
    return picture(name, headline, mark, SITE)


def test_the_picture_differs_by_state_and_words_and_is_small() -> None:
    marks = [*Status, "no_data"]
    drawn = {draw(headline=f"State {mark}", mark=mark) for mark in marks}
    assert len(drawn) == len(marks)
    for body in drawn:
        with Image.open(BytesIO(body)) as opened:
            assert (opened.size, opened.format) == (SIZE, "PNG")
        assert len(body) < 40_000
    assert draw() is draw(), "Remembered."


@pytest.mark.parametrize("name", ["W" * 80, "状態", "Zoë", "\x00", ""])
def test_any_name_can_be_drawn(name: str) -> None:
    assert draw(name=name, headline=f"Major outage of {name} and {name * 3}", mark="major_outage")
    assert draw(headline="Major outage of Zoë", mark="major_outage") == draw(
        headline="Major outage of Zoe", mark="major_outage"
    )


def test_pages_name_it_and_what_is_private_moves_nothing(
    checkout: Service, ask: Asker, put_on_shelf: Callable[[], None]
) -> None:
    incident = Incident.declare(by=ANN, title="Slow & <odd>", severity="high", services={checkout: None})
    put_on_shelf()
    before = ask("/status/og.png")
    assert (before.status, before.headers["content-type"]) == (200, "image/png")
    page = ask("/status").body.decode()
    assert re.search(r'<meta property="og:image" content="https?://[^"/]+/status/og.png">', page)
    assert '<meta property="og:title" content="Partial outage of Checkout API · ' in page
    assert 'name="description" property="og:description"' in page
    assert "Slow &amp; &lt;odd&gt; · " in ask(f"/status/incidents/{incident.pk}").body.decode()
    hidden = Service.add(by=ANN, name="Hidden", public=False)
    Incident.declare(by=ANN, title="Ours", severity="critical", services={hidden: None}, public=False)
    sitemap = ask("/sitemap.xml").body
    put_on_shelf()
    assert (ask("/status/og.png"), ask("/sitemap.xml").body) == (before, sitemap)
    found = re.findall("<loc>(.*?)</loc>", sitemap.decode())
    host = found[0].removesuffix("/status")
    assert found == [
        *(f"{host}/status", f"{host}/status/history", f"{host}/status/services/checkout-api"),
        f"{host}/status/incidents/{incident.pk}",
    ]
    robots = ask("/robots.txt").body.decode().splitlines()
    assert f"Sitemap: {host}/sitemap.xml" in robots
    assert "Disallow: /" in robots
    checkout.set_status("major_outage", by=ANN)
    put_on_shelf()
    assert ask("/status/og.png").body != before.body
