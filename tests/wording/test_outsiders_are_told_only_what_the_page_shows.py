"""No private service, no note, nothing of an internal incident gets into the words for outsiders."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from events.kinds import Kind
from incidents.models import Incident
from notifications.kinds import Audience
from notifications.telling import words_of
from notifications.transports.outcome import Words
from services.models import Service
from tests.wording.conftest import ANN, NOON, last

pytestmark = pytest.mark.django_db(transaction=True)


def everything(words: Words | None) -> str:
    assert words
    facts = json.dumps(words.facts, cls=DjangoJSONEncoder)
    return "\n".join([words.subject, words.text, words.html, words.short, facts, *words.services])


def test_a_private_service_is_named_to_insiders_alone(incident: Incident, ledger: Service) -> None:
    outside, inside = (everything(words_of(last(Kind.INCIDENT_CREATED), one)) for one in Audience)
    assert "Ledger" not in outside
    assert str(ledger.pk) not in outside
    assert "Ledger (private) (major outage)" in inside


def test_a_note_is_told_to_insiders_alone(incident: Incident) -> None:
    incident.post_update(by=ANN, message="It was Bob.", public=False)
    note = last(Kind.INCIDENT_UPDATE_POSTED)
    assert words_of(note, Audience.PUBLIC) is None
    assert "the public does not see it" in everything(words_of(note, Audience.INTERNAL))


def test_a_note_stays_out_of_what_is_told_later(incident: Incident) -> None:
    incident.post_update(by=ANN, message="It was Bob.", public=False, now=NOON)
    incident.resolve(by=ANN, now=NOON + timedelta(hours=1))
    assert "Bob" not in everything(words_of(last(Kind.INCIDENT_STATUS_CHANGED), Audience.PUBLIC))


def test_an_internal_incident_is_told_to_insiders_and_marked(transactional_db: None, ledger: Service) -> None:
    Incident.declare(by=ANN, title="Odd logins", severity="high", services={ledger: None}, public=False)
    created = last(Kind.INCIDENT_CREATED)
    assert words_of(created, Audience.PUBLIC) is None
    inside = words_of(created, Audience.INTERNAL)
    assert inside
    assert inside.subject == "Internal. Investigating: Odd logins"


def test_an_update_of_an_internal_incident_is_no_note(transactional_db: None, ledger: Service) -> None:
    incident = Incident.declare(by=ANN, title="Odd logins", severity="high", services={ledger: None}, public=False)
    incident.post_update(by=ANN, message="Blocked.")
    words = words_of(last(Kind.INCIDENT_UPDATE_POSTED), Audience.INTERNAL)
    assert words
    assert words.subject == "Internal. Update: Odd logins"


def test_who_learns_of_it_late_is_told_all_of_it(transactional_db: None, checkout: Service) -> None:
    incident = Incident.declare(
        by=ANN, title="Slow", severity="low", body="It is slow.", services={checkout: None}, public=False, now=NOON
    )
    incident.post_update(by=ANN, message="Bob did it.", public=False, now=NOON)
    incident.transition("identified", by=ANN, message="A full disk.", now=NOON)
    incident.edit(by=ANN, changes={"public": True}, now=NOON + timedelta(hours=1))
    words = words_of(last(Kind.INCIDENT_UPDATED), Audience.PUBLIC)
    assert words
    assert words.subject == "Identified: Slow"
    assert words.text.index("A full disk.") < words.text.index("It is slow.")
    assert "Bob" not in everything(words)


def test_an_edit_is_told_to_insiders_alone(incident: Incident) -> None:
    incident.edit(by=ANN, changes={"severity": "low"})
    edited = last(Kind.INCIDENT_UPDATED)
    assert words_of(edited, Audience.PUBLIC) is None
    assert "Critical → Low" in everything(words_of(edited, Audience.INTERNAL))
