"""Whatever is sent, the answer is a refusal in the one format, nothing is left behind, and the next good call works."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from rest_framework.test import APIClient

from events.models import Event
from incidents.models import Incident, Update

pytestmark = pytest.mark.django_db
LIST = "/api/v1/incidents"
VERBS = ("updates", "transition", "acknowledge", "assign", "resolve", "reopen")
BODIES: list[Any] = [[], "text", 7, True, [1], {"": 1}, {"message": {}}, {"message": ["x"]}, {"status": 7}]
BODIES += [{"status": None}, {"user": {}}, {"user": 9**99}, {"message": "x" * 20_001}, {"message": "a\x1bb"}]
NASTY: list[Any] = [None, [], {}, "", 7, -1, 1e308, "x" * 30_000, "\u202e", ["x"], [[]], [{}], {"id": []}, "\x07"]
FIELDS = ("title", "severity", "services", "tags", "status", "assignee", "public", "body")
TIMES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-02-30T00:00:00Z", "99", "now")


def counts() -> tuple[int, int, int]:
    return Incident.objects.count(), Update.objects.count(), Event.objects.count()


def assert_refused(answer: Any) -> None:
    assert 400 <= answer.status_code < 500, answer.content
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize("verb", VERBS)
def test_no_body_of_a_verb_breaks_it(api: APIClient, incident: Incident, verb: str) -> None:
    before = counts()
    for body in BODIES:
        assert_refused(api.post(f"{LIST}/{incident.id}/{verb}", body, format="json"))
    assert counts() == before
    assert api.get(f"{LIST}/{incident.id}").status_code == 200


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_of_a_new_incident_breaks_it(api: APIClient, field: str) -> None:
    for value in NASTY:
        before = counts()
        answer = api.post(LIST, {"title": "T", "severity": "low", field: value}, format="json")
        if answer.status_code != 201:
            assert_refused(answer)
            assert counts() == before


@pytest.mark.parametrize("time", TIMES)
def test_no_time_breaks_it(api: APIClient, incident: Incident, time: str) -> None:
    body = {"message": "x", "estimated_resolution": time}
    assert_refused(api.post(f"{LIST}/{incident.id}/updates", body))
    for name in ("from", "to"):
        assert api.get(f"{LIST}?{name}={quote(time)}").status_code in (200, 400)


@pytest.mark.parametrize(
    "query", ["service_id=%00", "search=%00", "status=%00", "assignee=7", "offset=9" * 40, "public=7"]
)
def test_no_query_breaks_the_list(api: APIClient, query: str) -> None:
    assert_refused(api.get(f"{LIST}?{query}"))


QUERIES = ["q=%00", "page=-1", "page=x", "since=x", "service=%ff", "status=7", "kind=7", "actor=%00", "from=x"]
QUERIES += [f"{name}={day}" for name in ("since", "until", "from", "to") for day in ("0001-01-01", "9999-12-31")]


@pytest.mark.parametrize("address", ["/console/incidents/", "/console/activity/", "/console/changes/"])
def test_no_query_breaks_the_page(console: Client, incident: Incident, address: str) -> None:
    for query in QUERIES:
        assert console.get(f"{address}?{query}").status_code in (200, 400), query


@pytest.mark.parametrize("field", ["title", "severity", "services", "body", "public", "form_token"])
def test_nothing_typed_breaks_the_form(console: Client, field: str) -> None:
    for value in ("\x00", "\ud800", "x" * 30_000, "\x1b"):
        before = counts()
        sent = {"title": "T", "severity": "low", "public": "yes", field: value.encode(errors="surrogatepass")}
        answer = console.post("/console/incidents/declare/", sent)
        assert answer.status_code in (302, 400)
        assert (counts() == before) is (answer.status_code == 400)
