"""A few words find incidents and services."""

from __future__ import annotations

import pytest
from django.test import Client

from console.search import MOST, search
from incidents.models import Incident
from services.models import Service
from tests.console.conftest import ANN

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(checkout: Service) -> Incident:
    return Incident.declare(by=ANN, title="Cards refused", severity="high", body="Bank is away.", tags=["pool"])


@pytest.mark.parametrize("words", ["cards", "REFUSED", "bank", "pool", "cards bank", "  refused  cards "])
def test_an_incident_is_found_by_title_text_and_tag(words: str, incident: Incident) -> None:
    assert search(words).incidents == [incident]


@pytest.mark.parametrize("words", ["checkout", "api check", "checkout-api", "payments"])
def test_a_service_is_found_by_name_slug_and_owner(words: str, checkout: Service) -> None:
    assert search(words).services == [checkout]


def test_every_word_must_be_there(incident: Incident) -> None:
    assert search("cards nonsense").count == 0


def test_no_words_find_nothing(incident: Incident) -> None:
    assert search("   ").count == 0


def test_no_more_is_shown_than_a_person_reads(checkout: Service) -> None:
    for number in range(MOST + 5):
        Incident.declare(by=ANN, title=f"Refused {number}", severity="low")
    assert len(search("refused").incidents) == MOST


def test_the_page_links_what_it_found(console: Client, incident: Incident, checkout: Service) -> None:
    page = console.get("/console/search", {"q": "c"}).content.decode()
    assert f"/console/incidents/{incident.id}/" in page
    assert f"/console/services/{checkout.id}/" in page
    assert "2 results" in page


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"<script>', "\ud7ff", "x" * 5000])
def test_odd_text_is_only_text(console: Client, text: str) -> None:
    answer = console.get("/console/search", {"q": text})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content.replace(b"<script src", b"").replace(b"<script defer", b"")


def test_an_empty_search_says_what_can_be_searched(console: Client) -> None:
    assert "Search incidents and services" in console.get("/console/search").content.decode()
