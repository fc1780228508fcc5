"""The draft of a postmortem and its export, of plain values: what readers may know, and what people here do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from incidents.lifecycle import Severity
from incidents.models import Incident
from incidents.postmortems.draft import draft
from incidents.postmortems.export import export
from incidents.postmortems.facts import record_of
from incidents.postmortems.record import Entry, Record, Suffered, Task
from services.models import Service
from services.status import Status
from tests.incidents.conftest import ANN, NOON
from tests.incidents.writing import LATER, resolved

BEGAN = datetime(2026, 3, 2, 12, tzinfo=UTC)
ENDED = BEGAN + timedelta(hours=1, minutes=5)
RECORD = Record(
    title="Payments *fail*",
    severity=Severity.CRITICAL,
    public=True,
    began=BEGAN,
    ended=ENDED,
    until=ENDED,
    services=[
        Suffered("Checkout", True, Status.MAJOR_OUTAGE, timedelta(minutes=41, seconds=1)),
        Suffered("Ledger", False, Status.MAJOR_OUTAGE, timedelta(minutes=60)),
        Suffered("Shop", True, Status.DEGRADED, timedelta()),
    ],
    entries=[
        Entry(BEGAN, "investigating", "We **look**.", "Ann", True),
        Entry(BEGAN, "investigating", "Ledger is to blame.", "Bob", False),
        Entry(ENDED, "resolved", "Fixed.", "Ann", True),
    ],
    responders=["Ann", "Bob"],
    root_cause="A full disk.",
    resolution="Made room.",
)


def test_a_public_draft_names_what_readers_may_know() -> None:
    texts = draft(RECORD)
    assert texts["summary"] == (
        "Payments \\*fail\\*. It began on 2 March 2026, 12:00 UTC. It lasted 1 h 5 min.\n\n"
        "- **2 March 2026, 12:00 UTC, investigating:** We look.\n"
        "- **2 March 2026, 13:05 UTC, resolved:** Fixed."
    )
    assert "- **Checkout** (major outage): 42 min of downtime" in texts["impact"]
    assert "- **Shop** (degraded): no downtime" in texts["impact"]
    assert (texts["root_cause"], texts["resolution"], texts["lessons"]) == ("A full disk.", "Made room.", "")
    assert not {"Ledger", "Ann", "Bob"} & {word for name in texts for word in texts[name].replace("*", " ").split()}


def test_an_internal_draft_names_private_services_and_an_open_one_says_so_far() -> None:
    texts = draft(replace(RECORD, public=False, ended=None))
    assert "- **Ledger** (major outage): 60 min of downtime" in texts["impact"]
    assert "It has lasted 1 h 5 min so far." in texts["summary"]
    assert draft(replace(RECORD, services=[]))["impact"] == "No service is named."


def test_the_export_holds_all_of_it() -> None:
    tasks = [Task("Watch [it]", "Ann", date(2026, 3, 9), overdue=True), Task("Tell", done=True)]
    text = export(RECORD, {**draft(RECORD), "lessons": "Look earlier."}, tasks, published_at=ENDED, edited_at=ENDED)
    for line in (
        "# Postmortem: Payments \\*fail\\*",
        "- Postmortem: published on 2 March 2026, 13:05 UTC, edited on 2 March 2026, 13:05 UTC",
        "- Responders: Ann, Bob",
        "## Lessons\n\nLook earlier.",
        "- 2 March 2026, 12:00 UTC, investigating, Bob (internal): Ledger is to blame.",
        "- [ ] Watch \\[it\\] (Ann, due 2026-03-09, overdue)",
        "- [x] Tell (nobody has it, no due date)",
    ):
        assert line in text, line


@pytest.mark.django_db(transaction=True)
def test_what_is_known_is_read_from_the_incident_and_the_histories_of_its_services() -> None:
    checkout = Service.add(by=ANN, name="Checkout", public=True, now=NOON - timedelta(days=1))
    incident: Incident = resolved(checkout)
    record = record_of(incident, LATER + timedelta(days=1))
    assert (record.began, record.ended, record.until) == (NOON, LATER, LATER)
    assert [(one.name, one.minutes) for one in record.services] == [("Checkout", 120)]
    assert record.responders == ["Ann"]
    assert [entry.stage for entry in record.entries] == ["investigating", "resolved"]
