"""The verbs of an incident, sent by the forms of its page."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.once import FIELD
from incidents.models import Incident
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db


def send(client: Client, incident: Incident, verb: str, **fields: Any) -> Any:
    return client.post(f"/console/incidents/{incident.pk}/{verb}/", fields)


def done(client: Client, incident: Incident, verb: str, **fields: Any) -> Incident:
    answer = send(client, incident, verb, **fields)
    assert answer.status_code == 302, answer.content.decode()
    incident.refresh_from_db()
    return incident


def test_it_is_acknowledged(console: Client, incident: Incident) -> None:
    assert done(console, incident, "acknowledge").acknowledged_by == "Olga Ops"


def test_it_moves_forward(console: Client, incident: Incident) -> None:
    fields = {"message": "Watching.", "public": "yes", "status": "monitoring"}
    assert done(console, incident, "update", **fields).status == "monitoring"


def test_a_refused_move_says_why(console: Client, incident: Incident) -> None:
    incident.transition("monitoring", by=ANN)
    answer = send(console, incident, "update", message="Found.", public="yes", status="identified")
    assert answer.status_code == 409
    assert "An incident that is monitoring cannot go back to identified." in answer.content.decode()


def test_an_update_is_posted_on_the_clock_of_its_writer(console: Client, incident: Incident) -> None:
    done(
        console, incident, "update", message="Found.\r\nFixing.", public="yes", status="identified",
        estimated_resolution="2999-07-01T12:00",
    )  # fmt: skip
    update = incident.updates.latest("number")
    assert (update.message, update.status, update.public) == ("Found.\nFixing.", "identified", True)
    assert str(update.estimated_resolution) == "2999-07-01 10:00:00+00:00"


def test_a_note_stays_inside(console: Client, incident: Incident) -> None:
    done(console, incident, "update", message="Call the bank.", public="no")
    assert incident.updates.latest("number").public is False


def test_a_refused_update_keeps_what_was_typed(console: Client, incident: Incident) -> None:
    incident.resolve(by=ANN)
    answer = send(console, incident, "update", message="We think we know.", public="yes", status="identified")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Reopen it to go on" in page
    assert "We think we know." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"message": " ", "public": "yes"}, "This field is required"),
        ({"message": "x", "public": "perhaps"}, "Select a valid choice"),
        ({"message": "x\x07", "public": "yes"}, "control character"),
        ({"message": "x", "public": "no", "status": "resolved"}, "moves no status"),
        ({"message": "x", "public": "yes", "estimated_resolution": "2001-01-01T00:00"}, "That is past"),
        ({"message": "x", "public": "yes", "estimated_resolution": "soon"}, "Give a day and a time"),
    ],
)
def test_an_update_that_makes_no_sense_says_so(
    console: Client, incident: Incident, fields: dict[str, str], sentence: str
) -> None:
    answer = send(console, incident, "update", **fields)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert incident.updates.count() == 1


def test_it_is_handed_over_and_taken_back(console: Client, incident: Incident, operator: User) -> None:
    assert done(console, incident, "assign", user=str(operator.pk)).assignee == operator
    assert done(console, incident, "assign", user="").assignee is None


def test_it_is_not_handed_to_somebody_who_only_reads(console: Client, incident: Incident, viewer: User) -> None:
    assert send(console, incident, "assign", user=str(viewer.pk)).status_code == 400


def test_it_is_resolved_and_reopened(console: Client, incident: Incident) -> None:
    done(console, incident, "resolve", message="Over.", root_cause="Pool was empty", resolution="Grew it")
    assert (incident.status, incident.root_cause, incident.resolution) == ("resolved", "Pool was empty", "Grew it")
    assert done(console, incident, "reopen", message="Again.").status == "investigating"


def test_the_same_form_sent_twice_acts_once(console: Client, incident: Incident) -> None:
    for _ in range(2):
        done(console, incident, "update", message="Still looking.", public="yes", **{FIELD: "a"})
    assert incident.updates.count() == 2
    done(console, incident, "update", message="Still looking.", public="yes", **{FIELD: "b"})
    assert incident.updates.count() == 3


def test_a_refused_form_may_be_mended_and_sent_again(console: Client, incident: Incident) -> None:
    assert send(console, incident, "update", message="", public="yes", **{FIELD: "a"}).status_code == 400
    done(console, incident, "update", message="Found.", public="yes", **{FIELD: "a"})
    assert incident.updates.count() == 2


def test_a_preview_without_scripts_keeps_the_form_and_sends_nothing(console: Client, incident: Incident) -> None:
    answer = send(console, incident, "update", message="**Found** it.", public="yes", preview="1")
    page = answer.content.decode()
    assert "<strong>Found</strong>" in page
    assert "**Found** it." in page
    assert incident.updates.count() == 1


def test_a_preview_with_scripts_is_only_the_text(console: Client, incident: Incident) -> None:
    said = {"message": "*x* <b>", "public": "no", "preview": "1"}
    address = f"/console/incidents/{incident.pk}/update/"
    page = console.post(address, said, headers={"HX-Request": "true"}).content.decode()
    assert "<em>x</em> &lt;b&gt;" in page
    assert "<html" not in page


def test_the_address_of_a_verb_leads_back_to_the_incident(console: Client, incident: Incident) -> None:
    answer = console.get(f"/console/incidents/{incident.pk}/resolve/")
    assert (answer.status_code, answer["Location"]) == (302, f"/console/incidents/{incident.pk}/")
