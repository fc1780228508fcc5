"""What is declared or posted late carries its own time, readers see it was added later, uptime stays as it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from rest_framework.test import APIClient

from events.models import Event
from incidents.models import Incident
from services.models import Service, StatusChange
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def old() -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True, now=NOON - 5 * HOUR)


def declare(service: Service, **said: Any) -> Incident:
    return Incident.declare(by=ANN, title="Slow", severity="high", body="x", services={service: None}, now=NOON, **said)


@pytest.mark.parametrize(
    ("began", "why"),
    [(NOON + HOUR, "That is to come"), (NOON - 6 * HOUR, "Checkout API was added on 2 March 2026 at 07:00")],
)
def test_a_beginning_that_cannot_be_is_refused(old: Service, began: datetime, why: str) -> None:
    with pytest.raises(ValidationError, match=why) as refused:
        declare(old, started_at=began)
    assert list(refused.value.message_dict) == ["started_at"]
    assert not Incident.objects.exists()


def test_only_the_incident_begins_before_it_was_declared(old: Service) -> None:
    one = declare(old, started_at=NOON - 2 * HOUR)
    one.acknowledge(by=ANN, now=NOON + HOUR)
    one.resolve(by=ANN, now=NOON + 2 * HOUR)
    assert (one.began_at, one.mtta_seconds, one.mttr_seconds) == (NOON - 2 * HOUR, 3600, 7200)
    assert [row.at for row in StatusChange.objects.filter(source="incident").order_by("at")] == [NOON, NOON + 2 * HOUR]
    told = Event.objects.get(kind="INCIDENT_CREATED")
    assert told.data["added_later"] is True
    assert told.after["started_at"] == "2026-03-02T10:00:00Z"
    page = Client().get(f"/status/incidents/{one.pk}").content.decode()
    assert "after 4 h" in page
    public = Client().get(f"/api/v1/status/incidents/{one.pk}").json()
    assert (public["started_at"], public["created_at"]) == ("2026-03-02T10:00:00Z", "2026-03-02T12:00:00Z")
    with pytest.raises(ValidationError, match="It was declared on 2 March 2026 at 12:00 UTC; say a time before"):
        one.edit(by=ANN, changes={"started_at": NOON + 150 * timedelta(minutes=1)}, now=NOON + 3 * HOUR)
    one.refresh_from_db()
    one.edit(by=ANN, changes={"started_at": NOON - HOUR}, now=NOON + 3 * HOUR)
    assert Event.objects.get(kind="INCIDENT_UPDATED").before == {"started_at": "2026-03-02T10:00:00Z"}


def test_an_update_that_is_added_later_says_so(api: APIClient, old: Service) -> None:
    one = declare(old, started_at=NOON - 2 * HOUR)
    one.promise_update(NOON + HOUR, by=ANN, now=NOON)
    address = f"/api/v1/incidents/{one.pk}/updates"
    late = {"message": "We turned it off.", "happened_at": "2026-03-02T11:00:00Z"}
    assert api.post(address, late).json()["happened_at"] == "2026-03-02T11:00:00Z"
    one.refresh_from_db()
    assert one.next_update_by == NOON + HOUR
    told = Event.objects.get(kind="INCIDENT_UPDATE_POSTED")
    assert (told.data["happened_at"], told.data["added_later"]) == ("2026-03-02T11:00:00Z", True)
    assert "added later" in Client().get(f"/status/incidents/{one.pk}").content.decode()
    wrong: list[dict[str, Any]] = [{"happened_at": "2026-03-02T09:00:00Z"}, {"happened_at": "2999-01-01T00:00:00Z"}]
    for said in [*wrong, {**late, "status": "identified"}]:
        answer = api.post(address, {**late, **said})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["happened_at"])


def test_what_happened_in_the_minute_that_it_was_declared_in_may_be_told(old: Service) -> None:
    later = NOON + timedelta(seconds=20)
    one = Incident.declare(by=ANN, title="Slow", severity="high", body="x", services={old: None}, now=later)
    assert one.post_update(by=ANN, message="We saw it.", happened_at=NOON, now=NOON + HOUR).happened_at == NOON
    with pytest.raises(ValidationError, match="say a time after"):
        one.post_update(by=ANN, message="x", happened_at=NOON - timedelta(minutes=1), now=NOON + HOUR)


def test_a_younger_service_does_not_keep_the_beginning_from_being_sent_back(api: APIClient, old: Service) -> None:
    one = declare(old, started_at=NOON - HOUR)
    young = Service.add(by=ANN, name="Cart", public=True, now=NOON + HOUR)
    one.edit(by=ANN, changes={}, services={old: None, young: None}, now=NOON + HOUR)
    address = f"/api/v1/incidents/{one.pk}"
    assert api.patch(address, {**api.get(address).json(), "title": "Slower"}).status_code == 200


def test_the_console_asks_on_the_clock_of_the_viewer(console: Client, old: Service) -> None:
    typed = {"title": "Slow", "severity": "high", "public": "yes", "services": [old.pk], "body": "x"}
    console.post("/console/incidents/declare/", {**typed, "started_at": "2026-03-02T11:00", "tags": "db, disk"})
    one = Incident.objects.get()
    assert (one.started_at, one.tags) == (NOON - 2 * HOUR, ["db", "disk"])
    assert "added later" in console.get(f"/console/incidents/{one.pk}/").content.decode()
