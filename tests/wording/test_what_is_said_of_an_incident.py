"""Each kind of event of an incident has its words, from what happened then and not from how things are now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from events.kinds import Kind
from incidents.models import Incident
from notifications.kinds import Audience
from notifications.telling import words_of
from notifications.transports.outcome import Words
from tests.wording.conftest import ANN, NOON, last

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(minutes=80)
NOTHING = "Nothing is told of this."


def told(kind: str, audience: Audience = Audience.PUBLIC) -> Words:
    words = words_of(last(kind), audience)
    assert words, NOTHING
    return words


def test_a_new_one_is_read_as_text(incident: Incident, settings: Settings) -> None:
    settings.SITE_URL = "https://status.example.org"
    words = told(Kind.INCIDENT_CREATED)
    assert words.subject == "Investigating: Payments fail"
    assert words.text == (
        "Cards are declined.\n\n"
        "Severity: SEV1 critical\n"
        "Affects: Checkout API (major outage)\n"
        "Posted: 2 March 2026, 12:00 UTC by Ann\n\n"
        "Read on and see every update:\n"
        f"https://status.example.org/status/incidents/{incident.pk}\n"
    )


def test_its_short_form_has_no_marks_and_ends_with_the_link(incident: Incident) -> None:
    short = told(Kind.INCIDENT_CREATED).short
    assert short.startswith("Investigating: Payments fail. Cards are declined. http")
    assert short.endswith(f"/status/incidents/{incident.pk}")


def test_a_move_says_from_where_to_where(incident: Incident) -> None:
    incident.transition("identified", by=ANN, message="A bad certificate.", now=LATER)
    words = told(Kind.INCIDENT_STATUS_CHANGED)
    assert words.subject == "Identified: Payments fail"
    assert "Status: Investigating → Identified" in words.text
    assert "A bad certificate." in words.text


def test_the_end_says_how_long_it_lasted(incident: Incident) -> None:
    incident.resolve(by=ANN, now=LATER)
    words = told(Kind.INCIDENT_STATUS_CHANGED)
    assert words.subject == "Resolved: Payments fail"
    assert "Lasted: 1 h 20 min" in words.text


def test_an_update_names_when_it_should_be_over(incident: Incident) -> None:
    incident.post_update(by=ANN, message="Rolling back.", estimated_resolution=LATER, now=NOON)
    words = told(Kind.INCIDENT_UPDATE_POSTED)
    assert words.subject == "Update: Payments fail"
    assert "Expected to be over: 2 March 2026, 13:20 UTC" in words.text


def test_machines_hear_until_when_the_next_word_is_promised(incident: Incident) -> None:
    incident.post_update(by=ANN, message="Rolling back.", next_update_by=LATER, now=NOON)
    assert told(Kind.INCIDENT_UPDATE_POSTED).facts["update"]["next_update_by"] == LATER


def test_one_that_is_open_again_says_so(incident: Incident) -> None:
    incident.resolve(by=ANN, now=LATER)
    incident.reopen(by=ANN, message="It is back.", now=LATER)
    assert told(Kind.INCIDENT_REOPENED).subject == "Reopened: Payments fail"


def test_words_tell_of_then_and_not_of_now(incident: Incident) -> None:
    incident.edit(by=ANN, changes={"title": "All is lost", "severity": "low"})
    incident.resolve(by=ANN, now=LATER)
    words = told(Kind.INCIDENT_CREATED)
    assert (words.subject, "SEV1" in words.text) == ("Investigating: Payments fail", True)
    assert [entry["status"] for entry in words.facts["incident"]["updates"]] == ["investigating"]


def test_all_messages_of_one_incident_share_a_thread(incident: Incident) -> None:
    incident.resolve(by=ANN, now=LATER)
    assert told(Kind.INCIDENT_CREATED).thread == told(Kind.INCIDENT_STATUS_CHANGED).thread != ""
