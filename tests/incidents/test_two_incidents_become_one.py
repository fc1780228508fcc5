"""Merging: one ends, the other goes on with the services of both, and nothing that was said is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from events.models import Event
from incidents.models import Incident
from incidents.models.merging import NotMerged
from services.models import Service
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def search() -> Service:
    return Service.add(by=ANN, name="Search", public=True)


@pytest.fixture
def slow(search: Service) -> Incident:
    return Incident.declare(by=ANN, title="Search is slow", severity="low", services={search: None}, now=NOON)


def test_the_one_ends_and_says_where_it_goes_on(incident: Incident, slow: Incident) -> None:
    slow.merge_into(incident, by=ANN, now=LATER)
    assert (slow.status, slow.merged_into, slow.resolved_at) == ("resolved", incident, LATER)
    assert slow.updates.latest("number").message == "This incident goes on as “Payments fail”."
    note = incident.updates.latest("number")
    assert (note.message, note.public) == ("“Search is slow” goes on here.", False)
    told = Event.objects.get(kind="INCIDENT_MERGED")
    assert (told.subject_id, told.after["id"], told.public) == (str(slow.pk), str(incident.pk), False)


def test_the_other_affects_the_services_of_both_as_badly_as_before(incident: Incident, slow: Incident) -> None:
    before = {service.name: service.status for service in Service.objects.all()}
    slow.merge_into(incident, by=ANN, now=LATER)
    assert incident.impacts() == {"Checkout API": "by severity", "Search": "degraded"}
    assert {service.name: service.status for service in Service.objects.all()} == before


def test_of_a_service_that_both_affect_the_worse_impact_stays(checkout: Service, slow: Incident) -> None:
    worse = Incident.declare(by=ANN, title="All is down", severity="critical", services={checkout: None}, now=NOON)
    slow.edit(by=ANN, changes={}, services={checkout: None}, now=NOON)
    worse.merge_into(slow, by=ANN, now=LATER)
    checkout.refresh_from_db()
    assert (slow.impacts(), checkout.status) == ({"Checkout API": "major_outage"}, "major_outage")


def test_services_of_an_internal_incident_do_not_appear_in_public(incident: Incident, search: Service) -> None:
    draft = Incident.declare(by=ANN, title="Draft", severity="low", services={search: None}, public=False, now=NOON)
    draft.merge_into(incident, by=ANN, now=LATER)
    search.refresh_from_db()
    assert (incident.impacts(), search.status) == ({"Checkout API": "by severity"}, "operational")
    assert not Event.objects.filter(subject_id=draft.pk, public=True).exists()


def test_readers_never_see_an_incident_go_on_where_they_cannot_look(incident: Incident) -> None:
    hidden = Incident.declare(by=ANN, title="Secret", severity="low", public=False, now=NOON)
    with pytest.raises(NotMerged, match="“Secret” is internal"):
        incident.merge_into(hidden, by=ANN, now=LATER)
    assert incident.is_open


def test_only_two_open_ones_are_merged(incident: Incident, slow: Incident) -> None:
    with pytest.raises(NotMerged, match="into itself"):
        slow.merge_into(slow, by=ANN, now=LATER)
    incident.resolve(by=ANN, now=LATER)
    with pytest.raises(NotMerged, match="“Payments fail” is resolved"):
        slow.merge_into(incident, by=ANN, now=LATER)
    with pytest.raises(NotMerged, match="“Payments fail” is resolved"):
        incident.merge_into(slow, by=ANN, now=LATER)


def test_a_second_time_changes_nothing(incident: Incident, slow: Incident) -> None:
    slow.merge_into(incident, by=ANN, now=LATER)
    told = Event.objects.count()
    slow.merge_into(incident, by=ANN, now=LATER)
    assert Event.objects.count() == told


def test_reopened_it_is_an_incident_of_its_own_again(incident: Incident, slow: Incident) -> None:
    slow.merge_into(incident, by=ANN, now=LATER)
    slow.reopen(by=ANN, now=LATER)
    assert (slow.merged_into, slow.is_open) == (None, True)


def test_console_and_api_show_where_it_went(
    console: Client, api: APIClient, incident: Incident, slow: Incident
) -> None:
    slow.merge_into(incident, by=ANN, now=LATER)
    link = f'href="/console/incidents/{incident.pk}/"'
    assert link in console.get(f"/console/incidents/{slow.pk}/").content.decode()
    back = f'href="/console/incidents/{slow.pk}/"'
    assert back in console.get(f"/console/incidents/{incident.pk}/").content.decode()
    assert api.get(f"/api/v1/incidents/{slow.pk}").json()["merged_into"] == str(incident.pk)
