"""Declaring and editing by the console's forms."""

from typing import Any

import pytest
from django.test import Client

from accounts.once import FIELD
from incidents.forms.editing import EditForm
from incidents.models import Incident
from services.models import Service
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db
DECLARE = "/console/incidents/declare/"


def filled(incident: Incident, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends back of the edit form, with some fields changed."""
    read = {name: str(value) for name, value in EditForm(incident).initial.items()}
    return {**read, **{f"initial-{name}": value for name, value in read.items()}, **changes}


def edit(client: Client, incident: Incident, sent: dict[str, Any]) -> Any:
    return client.post(f"/console/incidents/{incident.pk}/edit/", sent)


def test_declaring_takes_five_fields(console: Client, checkout: Service) -> None:
    fields = {"title": "Cards fail", "severity": "high", "services": [str(checkout.pk)], "body": "Hm.", "public": "yes"}
    answer = console.post(DECLARE, fields)
    incident = Incident.objects.get()
    assert answer["Location"] == f"/console/incidents/{incident.pk}/"
    assert (incident.title, incident.declared_by, incident.public) == ("Cards fail", "Olga Ops", True)
    checkout.refresh_from_db()
    assert checkout.status == "partial_outage"


def test_the_form_begins_with_something_believable(console: Client, checkout: Service) -> None:
    page = console.get(f"{DECLARE}?service={checkout.pk}").content.decode()
    assert 'value="medium" required id="id_severity_2" checked' in page.replace("aria-describedby", "")
    assert f'value="{checkout.pk}" checked' in page


def test_a_form_that_makes_no_sense_comes_back_with_what_was_typed(console: Client, checkout: Service) -> None:
    answer = console.post(DECLARE, {"title": "", "severity": "low", "body": "Hm.", "services": [str(checkout.pk)]})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Nothing is declared yet" in page
    assert "Hm.</textarea>" in page
    assert f'value="{checkout.pk}" checked' in page


def test_sending_the_declaration_twice_declares_once(console: Client) -> None:
    first, second = (
        console.post(DECLARE, {"title": "T", "severity": "low", "public": "no", FIELD: "a"}) for _ in range(2)
    )
    assert first["Location"] == second["Location"]
    assert Incident.objects.count() == 1


def test_the_preview_says_what_the_public_will_see(console: Client, checkout: Service) -> None:
    hidden = Service.add(by=ANN, name="Ledger")
    sent = {"title": "Cards fail", "severity": "critical", "body": "*Hm.*", "public": "yes", "preview": "1"}
    sent["services"] = [str(checkout.pk), str(hidden.pk)]  # type: ignore[assignment]
    for path in (DECLARE, f"{DECLARE}preview/"):
        page = console.post(path, sent).content.decode()
        for part in ("<h3>Cards fail</h3>", "<em>Hm.</em>", "Major outage", "Ledger is private"):
            assert part in page
    assert "Nothing. Only people signed in" in console.post(DECLARE, {**sent, "public": "no"}).content.decode()
    assert not Incident.objects.exists()


def test_what_was_not_changed_leaves_no_entry(console: Client, incident: Incident) -> None:
    assert edit(console, incident, filled(incident)).status_code == 302
    assert (Incident.objects.get().version, incident.updates.count()) == (1, 1)


def test_fields_tags_and_impacts_are_edited(console: Client, incident: Incident, checkout: Service) -> None:
    sent = filled(incident, title="Cards fail", tags="db, cards ,", public="no") | {
        f"service-{checkout.pk}": "degraded"
    }
    assert edit(console, incident, sent).status_code == 302
    incident.refresh_from_db()
    assert (incident.title, incident.tags, incident.public) == ("Cards fail", ["db", "cards"], False)
    assert incident.affected.get().impact == "degraded"


def test_services_that_suffer_stand_first_and_the_rest_waits_to_be_added(console: Client, incident: Incident) -> None:
    Service.add(by=ANN, name="Archive")
    page = console.get(f"/console/incidents/{incident.pk}/edit/").content.decode()
    assert page.index(">Checkout API<") < page.index("Add another service") < page.index(">Archive<")


def test_who_comes_second_sees_both_texts(console: Client, incident: Incident) -> None:
    sent = filled(incident, title="All is lost")
    incident.edit(by=ANN, changes={"title": "Cards fail"})
    answer = edit(console, incident, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert '<td data-label="Saved meanwhile">Cards fail</td><td data-label="Yours">All is lost</td>' in page
    assert 'name="title" value="All is lost"' in page


def test_what_the_second_did_not_touch_is_not_taken_back(console: Client, incident: Incident) -> None:
    sent = filled(incident, root_cause="Pool was empty")
    incident.edit(by=ANN, changes={"title": "Cards fail"})
    page = edit(console, incident, sent).content.decode()
    assert 'name="title" value="Cards fail"' in page
    assert "You changed other things than they did" in page
    incident.refresh_from_db()
    again = filled(incident, root_cause="Pool was empty")
    assert edit(console, incident, again).status_code == 302
    incident.refresh_from_db()
    assert (incident.title, incident.root_cause) == ("Cards fail", "Pool was empty")


def test_an_edit_that_makes_no_sense_comes_back(console: Client, incident: Incident) -> None:
    answer = edit(console, incident, filled(incident, title="", tags="x" * 41))
    assert answer.status_code == 400
    assert "At most 20 tags" in answer.content.decode()
