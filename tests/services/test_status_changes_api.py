"""The change history over the API: newest first, found by what, who, why and when."""

from datetime import UTC, datetime, timedelta

import pytest
from rest_framework.test import APIClient

from events.actors import CLOCK
from services.models import Component, Service
from tests.services.conftest import ANN

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def component(db: None) -> Component:
    service = Service.add(by=ANN, name="Checkout API", now=NOON)
    component = Component.add(service, by=ANN, name="Redis", now=NOON)
    component.set_status("red", by=CLOCK, message="No answer", now=NOON + timedelta(hours=1))
    Service.add(by=ANN, name="Other", now=NOON + timedelta(hours=2))
    return component


def found(api: APIClient, **query: str) -> list[tuple[str, str]]:
    response = api.get("/api/v1/status-changes", query)
    assert response.status_code == 200, response.content
    return [(row["old"], row["new"]) for row in response.json()["results"]]


def test_a_row_says_what_who_why_and_when(reader: APIClient, component: Component) -> None:
    row = reader.get("/api/v1/status-changes", {"component": str(component.id)}).json()["results"][0]
    assert row == row | {
        "service": str(component.service_id),
        "component": str(component.id),
        "old": "operational",
        "new": "major_outage",
        "message": "No answer",
        "source": "manual",
        "actor": {"kind": "clock", "id": "", "name": "OpStatus clock"},
        "at": "2026-03-01T13:00:00Z",
    }


def test_the_newest_comes_first_and_a_birth_has_no_old(reader: APIClient) -> None:
    assert found(reader)[0] == ("", "operational")
    assert len(found(reader)) == 5


def test_changes_are_filtered(reader: APIClient, component: Component) -> None:
    service = str(component.service_id)
    assert len(found(reader, service=service)) == 4
    assert len(found(reader, service=service, component="none")) == 2
    assert len(found(reader, actor="clock")) == 2
    assert len(found(reader, actor="ann")) == 3
    assert len(found(reader, source="incident")) == 0
    assert len(found(reader, rule="counted")) == 5
    assert len(found(reader, rule="no_data")) == 0
    assert len(found(reader, **{"from": "2026-03-01T13:30:00Z"})) == 1
    assert len(found(reader, to="2026-03-01T13:00:00Z")) == 2
    assert len(found(reader, search="no answer")) == 2


@pytest.mark.parametrize(
    "query",
    [{"source": "wind"}, {"service": "x"}, {"from": "noon"}, {"rule": "luck"}, {"format": "xlsx"}, {"sauce": "manual"}],
)
def test_a_filter_that_makes_no_sense_is_refused(reader: APIClient, query: dict[str, str]) -> None:
    response = reader.get("/api/v1/status-changes", query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(query)


def test_the_history_cannot_be_written(api: APIClient) -> None:
    assert api.post("/api/v1/status-changes", {}).status_code == 405
    assert api.delete("/api/v1/status-changes").status_code == 405


def test_all_of_it_comes_as_a_sheet(reader: APIClient, component: Component) -> None:
    response = reader.get("/api/v1/status-changes", {"format": "csv", "limit": "1", "component": str(component.id)})
    assert response["Content-Type"].startswith("text/csv")
    head, newest, birth = b"".join(response).decode().removeprefix("\ufeff").splitlines()
    assert head == "at,service,component,old,new,old_rule,rule,source,actor_kind,actor,message"
    assert newest == (
        "2026-03-01T13:00:00Z,Checkout API,Redis,operational,major_outage,counted,counted,"
        "manual,clock,OpStatus clock,No answer"
    )
    assert birth.startswith("2026-03-01T12:00:00Z,Checkout API,Redis,,operational,")
