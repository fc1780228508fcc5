"""The text of an incident stands among its updates; it stands above them only once it says something else."""

import pytest

from events.actors import Actor
from incidents.models import Incident
from statuspage import read

pytestmark = pytest.mark.django_db
ANN = Actor("user", "1", "Ann")


def told(incident: Incident) -> bool:
    return read.build_incidents(Incident.objects.visible())[incident.id].is_body_told


def test_the_opening_text_is_shown_as_the_first_update_alone() -> None:
    assert told(Incident.declare(by=ANN, title="Cards fail", severity="low", body="We look."))


def test_a_text_that_was_edited_is_shown_beside_the_updates() -> None:
    incident = Incident.declare(by=ANN, title="Cards fail", severity="low", body="We look.")
    incident.edit(by=ANN, changes={"body": "Cards of two banks fail."})
    assert not told(incident)
