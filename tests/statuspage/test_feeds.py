import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from incidents.models import Incident
from services.models import Service
from statuspage import feeds
from tests.statuspage.conftest import ANN, Asker

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
Put = Callable[[], None]


@pytest.fixture
def incident(checkout: Service) -> Incident:
    return Incident.declare(
        by=ANN, title="Cards <fail> & more", severity="high", body="We *look*.", services={checkout: None}
    )


def ids(body: bytes) -> list[str | None]:
    tree = ET.fromstring(body)  # noqa: S314 - our own feed
    return [found.text for found in [*tree.iter("guid"), *tree.iter(f"{ATOM}id")] if "urn:uuid" in str(found.text)]


def titles(body: bytes) -> list[str | None]:
    tree = ET.fromstring(body)  # noqa: S314
    return [found.findtext("title") or found.findtext(f"{ATOM}title") for found in entries(tree)]


def entries(tree: ET.Element) -> list[ET.Element]:
    return [*tree.iter("item"), *tree.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("path", ["/status/rss", "/status/atom"])
def test_each_update_is_an_item_that_keeps_its_id(path: str, incident: Incident, ask: Asker, put_on_shelf: Put) -> None:
    put_on_shelf()
    first = ids(ask(path).body)
    incident.post_update(by=ANN, message="Found it.", status="identified")
    incident.post_update(by=ANN, message="Nobody outside reads this.", public=False)
    incident.resolve(by=ANN, message="Fixed.")
    put_on_shelf()
    after = ask(path).body
    name = "Cards <fail> & more"
    assert titles(after) == [f"[Resolved] {name}", f"[Identified] {name}", f"[Investigating] {name}"]
    assert len(set(ids(after))) == 3
    assert ids(after)[-1:] == first
    assert b"Nobody outside" not in after


@pytest.mark.parametrize("path", ["/status/rss", "/status/atom"])
def test_what_was_declared_without_a_word_is_an_item_too(
    path: str, checkout: Service, ask: Asker, put_on_shelf: Put
) -> None:
    incident = Incident.declare(by=ANN, title="Cards fail", severity="high", services={checkout: None})
    incident.post_update(by=ANN, message="We look.")
    put_on_shelf()
    assert titles(ask(path).body) == ["[Investigating] Cards fail", "[Declared] Cards fail"]
    assert ids(ask(path).body)[1] == f"urn:uuid:{incident.pk}"


def test_a_feed_holds_the_newest_fifty(incident: Incident, ask: Asker, put_on_shelf: Put) -> None:
    for number in range(feeds.ITEMS):
        incident.post_update(by=ANN, message=f"Still at it: {number}.")
    put_on_shelf()
    body = ask("/status/rss").body
    assert len(ids(body)) == feeds.ITEMS
    assert (b"Still at it: 49." in body, b"We <em>look" in body) == (True, False)


def test_an_estimate_is_told_while_it_stands(incident: Incident, ask: Asker, put_on_shelf: Put) -> None:
    soon = timezone.now() + timedelta(hours=2)
    incident.post_update(by=ANN, message="Soon.", estimated_resolution=soon)
    put_on_shelf()
    said = f"Expected to be resolved by {soon:%-d %b %Y %H:%M} UTC".encode()
    assert (said in ask("/status/rss").body, said in ask("/status/atom").body) == (True, True)
    incident.resolve(by=ANN)
    put_on_shelf()
    assert b"Expected to be" not in ask("/status/rss").body


def test_rss_has_what_readers_need(incident: Incident, ask: Asker, put_on_shelf: Put) -> None:
    put_on_shelf()
    reply = ask("/status/rss")
    assert reply.headers["content-type"] == "application/rss+xml; charset=utf-8"
    channel = ET.fromstring(reply.body).find("channel")  # noqa: S314
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description", "lastBuildDate"))
    item = channel.find("item")
    assert item is not None
    assert all(item.findtext(name) for name in ("title", "link", "description", "pubDate", "guid"))
    assert str(item.findtext("link")).endswith(f"/status/incidents/{incident.pk}")


def test_atom_has_what_readers_need(incident: Incident, ask: Asker, put_on_shelf: Put) -> None:
    put_on_shelf()
    feed = ET.fromstring(ask("/status/atom").body)  # noqa: S314
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert all(feed.findtext(ATOM + name) for name in ("id", "title", "updated"))
    assert all(entry.findtext(ATOM + name) for name in ("id", "title", "updated", "published", "summary"))


def test_a_service_has_feeds_of_its_own(incident: Incident, ask: Asker, put_on_shelf: Put) -> None:
    Service.add(by=ANN, name="Search", public=True)
    put_on_shelf()
    assert len(ids(ask("/status/rss", "service=checkout-api").body)) == 1
    assert ids(ask("/status/atom", "service=search").body) == []


def test_an_empty_feed_is_the_same_each_time(checkout: Service, ask: Asker, put_on_shelf: Put) -> None:
    put_on_shelf()
    assert b"2000" in ask("/status/rss").body
