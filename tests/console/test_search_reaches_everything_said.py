"""Words are found wherever they were said: on the timeline, in a component's name, in a root cause."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import ApiKey
from console.search import search
from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Component, Service
from tests.console.conftest import ANN

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(checkout: Service) -> Incident:
    made = Incident.declare(by=ANN, title="Cards refused", severity="high", public=False, services={checkout: None})
    for _ in range(3):
        made.post_update(by=ANN, message="The acquirer looks into it.")
    made.post_update(by=ANN, message="Call Zurich.", public=False)
    made.edit(by=ANN, changes={"root_cause": "Expired certificate."})
    return made


@pytest.fixture
def ask() -> Callable[[str, str], list[str]]:
    """Return a function that searches a list of the API for ids."""
    _, text = ApiKey.create(by=SYSTEM, name="reader", scopes=["read"])
    client = APIClient(headers={"Authorization": f"Bearer {text}"})
    return lambda what, words: [row["id"] for row in client.get(f"/api/v1/{what}", {"search": words}).json()["results"]]


WORDS = ["acquirer", "zurich", "certificate", "cards acquirer zurich", "checkout refused"]


@pytest.mark.parametrize("words", WORDS)
def test_an_incident_is_found_once_by_what_was_said(words: str, incident: Incident) -> None:
    assert search(words).incidents == [incident]


@pytest.mark.parametrize("words", WORDS)
def test_the_api_finds_the_same(words: str, incident: Incident, ask: Callable[[str, str], list[str]]) -> None:
    assert ask("incidents", words) == [str(incident.pk)]


@pytest.mark.parametrize("words", WORDS)
def test_so_does_the_list_of_incidents(words: str, incident: Incident, console: Client) -> None:
    page = console.get("/console/incidents/", {"q": words}).content.decode()
    assert page.count(f"/console/incidents/{incident.pk}/") == 1


def test_a_service_is_found_once_by_its_components(
    checkout: Service, console: Client, ask: Callable[[str, str], list[str]]
) -> None:
    for name in ("Ledger database", "Ledger cache"):
        Component.add(checkout, by=ANN, name=name)
    assert search("ledger checkout").services == [checkout]
    assert ask("services", "ledger") == [str(checkout.pk)]
    assert checkout.name in console.get("/console/services/", {"q": "ledger"}).content.decode()


def test_more_words_ask_no_more_questions(
    incident: Incident, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        search("the acquirer looks into cards")
