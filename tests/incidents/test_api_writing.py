"""The verbs of an incident in the API."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import ApiKey, User
from events.actors import SYSTEM
from events.models import Event
from incidents.models import Incident
from services.models import Service
from services.status import Status
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db
LIST = "/api/v1/incidents"


def declare(api: APIClient, **fields: Any) -> Any:
    return api.post(LIST, {"title": "Payments fail", "severity": "critical", **fields})


def say(api: APIClient, incident: Incident, verb: str, **body: Any) -> Any:
    return api.post(f"{LIST}/{incident.id}/{verb}", body)


def status_of(service: Service) -> str:
    service.refresh_from_db()
    return service.status


def test_services_are_given_as_ids(api: APIClient, checkout: Service) -> None:
    answer = declare(api, services=[str(checkout.id)], tags=["db"])
    assert answer.status_code == 201
    assert answer["Location"].endswith(answer.json()["id"])
    assert (answer.json()["services"][0]["impact"], answer.json()["tags"]) == ("major_outage", ["db"])
    assert status_of(checkout) == Status.MAJOR_OUTAGE


@pytest.mark.parametrize(("impact", "suffered"), [("degraded", "degraded"), ("red", "major_outage"), (None, None)])
def test_services_are_given_with_an_impact(
    api: APIClient, checkout: Service, impact: str | None, suffered: str | None
) -> None:
    body = declare(api, severity="high", services=[{"id": str(checkout.id), "impact": impact}]).json()
    assert body["services"][0]["own_impact"] == suffered
    assert body["services"][0]["impact"] == (suffered or "partial_outage")


def test_it_may_begin_further_on_and_with_somebody_on_it(api: APIClient, operator: User) -> None:
    body = declare(api, status="identified", assignee=str(operator.id), public=False).json()
    assert (body["status"], body["assignee"], body["public"]) == ("identified", str(operator.id), False)
    assert declare(api, status="resolved").json()["errors"].keys() == {"status"}


def test_an_incident_that_was_read_can_be_declared_anew(api: APIClient, incident: Incident) -> None:
    read = api.get(f"{LIST}/{incident.id}").json() | {"root_cause": "Pool was empty"}
    again = api.post(LIST, read).json()
    assert (again["title"], again["root_cause"], again["version"]) == ("Payments fail", "Pool was empty", 1)
    assert again["id"] != read["id"]


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("title", "", "title"),
        ("title", "a\nb", "title"),
        ("severity", "huge", "severity"),
        ("services", "all", "services"),
        ("services", ["nonsense"], "services.0"),
        ("services", ["00000000-0000-4000-8000-000000000000"], "services.0"),
        ("services", [{"impact": "degraded"}], "services.0"),
        ("services", [{"id": "00000000-0000-4000-8000-000000000000", "colour": 1}], "services.0"),
        ("assignee", "nobody", "assignee"),
        ("tags", ["x" * 41], "tags.0"),
        ("body", "a\x07b", "body"),
        ("colour", "red", "colour"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(api: APIClient, field: str, value: object, place: str) -> None:
    answer = declare(api, **{field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [place]
    assert not Incident.objects.exists()


def test_an_unknown_impact_and_a_service_named_twice_are_refused(api: APIClient, checkout: Service) -> None:
    assert declare(api, services=[{"id": str(checkout.id), "impact": "bad"}]).status_code == 400
    assert declare(api, services=[str(checkout.id)] * 2).status_code == 400


def test_an_update_is_posted_with_a_move_and_an_end(api: APIClient, incident: Incident) -> None:
    answer = say(
        api,
        incident,
        "updates",
        message="Found.",
        status="identified",
        estimated_resolution="2999-03-02T14:00:00+01:00",
    )
    assert answer.status_code == 201
    assert (answer.json()["status"], answer.json()["estimated_resolution"]) == ("identified", "2999-03-02T13:00:00Z")
    assert answer.json()["author"] == "robot"


def test_the_whole_way_goes_by_verbs(api: APIClient, incident: Incident, operator: User) -> None:
    assert say(api, incident, "acknowledge").json()["response"] == "acknowledged"
    assert say(api, incident, "assign", user=str(operator.id)).json()["assignee_name"] == "Olga Ops"
    assert say(api, incident, "transition", status="monitoring", message="Watching.").json()["status"] == "monitoring"
    done = say(api, incident, "resolve", message="Over.", root_cause="Pool", resolution="Grew it").json()
    assert (done["status"], done["root_cause"], done["resolution"]) == ("resolved", "Pool", "Grew it")
    assert say(api, incident, "reopen", message="Again.").json()["status"] == "investigating"
    assert say(api, incident, "assign", user=None).json()["assignee"] is None


def test_a_refused_move_answers_409_with_the_state_now(api: APIClient, incident: Incident) -> None:
    incident.transition("monitoring", by=ANN)
    answer = say(api, incident, "transition", status="identified")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("transition_denied")
    assert (answer.json()["current"]["status"], incident.updates.count()) == ("monitoring", 3)


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("updates", {"message": " "}, "message"),
        ("updates", {"message": "x", "public": False, "status": "resolved"}, "status"),
        ("transition", {"message": "x"}, "status"),
        ("assign", {}, "user"),
        ("resolve", {"cause": "x"}, "cause"),
        ("acknowledge", {"now": True}, "now"),
    ],
)
def test_a_verb_with_a_bad_body_is_refused(
    api: APIClient, incident: Incident, verb: str, body: dict[str, Any], field: str
) -> None:
    answer = say(api, incident, verb, **body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_key_that_reads_cannot_change(incident: Incident) -> None:
    _, text = ApiKey.create(by=SYSTEM, name="reader", scopes=["read"])
    reader = APIClient(headers={"Authorization": f"Bearer {text}"})
    assert declare(reader).status_code == 403
    assert say(reader, incident, "resolve").status_code == 403
    assert Event.objects.filter(kind__startswith="INCIDENT").count() == 1


def test_a_post_sent_twice_with_one_key_declares_once(api: APIClient) -> None:
    first, second = (
        api.post(LIST, {"title": "T", "severity": "low"}, headers={"Idempotency-Key": "once"}) for _ in range(2)
    )
    assert (first.json()["id"], second["Idempotent-Replay"]) == (second.json()["id"], "true")
    assert Incident.objects.count() == 1
