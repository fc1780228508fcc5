"""The page shows the worst incident first, of each the newest words, and only promises that still stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from statuspage import read, store
from statuspage.incident_view import IncidentView
from statuspage.snapshot import take
from tests.statuspage.conftest import ANN

pytestmark = pytest.mark.django_db
SOON, LATER = (timezone.now() + timedelta(hours=hours) for hours in (1, 5))


@pytest.fixture
def incident() -> Incident:
    return Incident.declare(by=ANN, title="Cards fail", severity="high", body="We look.")


def view(incident: Incident) -> IncidentView:
    return read.build_incidents(Incident.objects.visible())[incident.pk]


def page(address: str = "/status") -> str:
    relay_all()
    found = store.get(address)
    assert found is not None
    return bytes(found.body).decode()


def test_the_worst_stands_first_and_of_equals_the_newest() -> None:
    for title, severity in (("A", "low"), ("B", "critical"), ("C", "medium"), ("D", "critical")):
        Incident.declare(by=ANN, title=title, severity=severity)
    assert [one.title for one in take(timezone.now()).page().open_incidents] == ["D", "B", "C", "A"]


def test_of_many_updates_the_page_shows_three_and_leads_to_the_rest(incident: Incident) -> None:
    for number in (2, 3):
        incident.post_update(by=ANN, message=f"Word {number}.")
    assert "All 3 updates" not in page()
    incident.post_update(by=ANN, message="Word 4.")
    assert "We look." not in page()
    assert all(f"Word {number}." in page() for number in (2, 3, 4))
    assert f'<a href="/status/incidents/{incident.pk}#updates">All 4 updates' in page()
    assert "We look." in page(f"/status/incidents/{incident.pk}")


def test_what_was_said_before_a_reopening_is_among_the_rest(incident: Incident) -> None:
    incident.resolve(by=ANN, message="Fixed.")
    incident.reopen(by=ANN, message="It is back.")
    assert [update.message for update in view(incident).recent] == ["It is back."]
    assert "All 3 updates" in page()


def test_only_the_newest_estimate_is_shown(incident: Incident) -> None:
    incident.post_update(by=ANN, message="Soon.", estimated_resolution=SOON)
    incident.post_update(by=ANN, message="Not so soon.", estimated_resolution=LATER)
    newest = incident.post_update(by=ANN, message="Still at it.")
    found = view(incident)
    assert found.updates[0].id == newest.id
    assert found.expected == found.updates[1]
    assert page().count("Expected to be resolved by") == 1


def test_a_resolved_incident_promises_nothing(incident: Incident) -> None:
    incident.post_update(by=ANN, message="Soon.", estimated_resolution=SOON)
    incident.resolve(by=ANN)
    address = f"incidents/{incident.pk}"
    assert "Expected to be" not in page(f"/status/{address}")
    assert '"estimated_resolution": "' not in page(f"/api/v1/status/{address}")


def test_an_estimate_from_before_a_reopening_stands_no_more(incident: Incident) -> None:
    incident.post_update(by=ANN, message="Soon.", estimated_resolution=SOON)
    incident.resolve(by=ANN)
    incident.reopen(by=ANN)
    assert view(incident).expected is None
    assert "Expected to be" not in page(f"/status/incidents/{incident.pk}")
