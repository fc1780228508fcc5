"""Before anything is said it is seen as it will go, with the number of those it goes to on the button."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from events.models import Event
from incidents.models import Incident
from notifications.kinds import Mode
from notifications.models import Announcement, Subscriber
from services.models import Service
from tests.incidents.conftest import ANN
from tests.incidents.telling import fan_out, says, subscribe

pytestmark = pytest.mark.django_db(transaction=True)
DECLARE = "/console/incidents/declare/"
HTMX = {"HX-Request": "true"}


def test_each_button_says_to_how_many_it_goes(console: Client, incident: Incident) -> None:
    subscribe("bea", "cem")
    page = says(console.get(f"/console/incidents/{incident.pk}/").content)
    assert "Post update and tell 2 recipients" in page
    assert "Resolve incident and tell 2 recipients" in page


def test_declaring_counts_those_of_the_services_that_are_ticked(console: Client, checkout: Service) -> None:
    subscribe("bea")
    subscribe("cem", "dan", service=checkout)
    assert "Declare incident and tell 1 recipient" in says(console.get(DECLARE).content)
    assert "and tell 3 recipients" in says(console.get(DECLARE, {"service": str(checkout.pk)}).content)


def test_who_reads_it_in_their_daily_message_is_counted_apart(console: Client, incident: Incident) -> None:
    subscribe("bea", "cem", "dan")
    Subscriber.objects.exclude(address="bea@example.org").update(mode=Mode.DIGEST)
    url = f"/console/incidents/{incident.pk}/"
    assert "Post update and tell 1 recipient, and 2 in their daily message" in says(console.get(url).content)
    page = console.post(f"{url}update/", {"message": "Hm.", "public": "yes"}, follow=True)
    assert "goes to 1 recipient within ten seconds, and 2 in their daily message." in says(page.content)


def test_where_all_read_it_daily_it_can_be_taken_back_too(console: Client, incident: Incident) -> None:
    subscribe("bea")
    Subscriber.objects.update(mode=Mode.DIGEST)
    url = f"/console/incidents/{incident.pk}/"
    assert "Post update and tell 1 recipient in their daily message" in says(console.get(url).content)
    page = console.post(f"{url}update/", {"message": "Hm.", "public": "yes"}, follow=True)
    assert "A message goes to 1 recipient in their daily message." in says(page.content)
    fan_out()
    assert "Nothing is sent." in says(console.post(f"{url}undo/", follow=True).content)


def test_nobody_is_said_plainly(console: Client, incident: Incident) -> None:
    assert "Post update and tell nobody" in says(console.get(f"/console/incidents/{incident.pk}/").content)


def test_the_preview_is_the_message_word_for_word(console: Client, incident: Incident) -> None:
    subscribe("bea")
    address = f"/console/incidents/{incident.pk}/update/"
    typed = {"message": "We *know* why.", "public": "yes", "status": "identified"}
    page = console.post(address, typed | {"preview": "1"}, headers=HTMX).content.decode()
    assert (incident.updates.count(), Event.objects.filter(kind="INCIDENT_STATUS_CHANGED").count()) == (1, 0)
    console.post(address, typed)
    fan_out()
    sent = Announcement.objects.get(kind="INCIDENT_STATUS_CHANGED")
    shown = re.sub(r"\d\d:\d\d UTC", "", page)
    assert re.sub(r"\d\d:\d\d UTC", "", sent.html) in shown
    assert "[OpStatus] Payments fail" in shown
    assert "The message that goes to 1 recipient" in says(page.encode())


def test_the_preview_of_a_new_one_is_the_message_too(console: Client, checkout: Service) -> None:
    subscribe("bea")
    typed = {"title": "Cards fail", "severity": "high", "services": [checkout.pk], "body": "Hm.", "public": "yes"}
    page = says(console.post(DECLARE, typed | {"preview": "1"}).content)
    assert "Investigating: Cards fail" in page
    assert "Checkout API (partial outage)" in page
    assert "Declare incident and tell 1 recipient" in page
    assert not Incident.objects.exists()


def test_a_note_goes_to_nobody_outside(console: Client, incident: Incident) -> None:
    subscribe("bea")
    typed = {"message": "It was Bob.", "public": "no", "preview": "1"}
    page = says(console.post(f"/console/incidents/{incident.pk}/update/", typed).content)
    assert "No message goes out." in page
    assert "Post update and tell" not in page


def test_counting_needs_no_words_yet(console: Client, incident: Incident) -> None:
    subscribe("bea")
    typed = {"message": "", "public": "no", "preview": "1", "recount": "1"}
    page = console.post(f"/console/incidents/{incident.pk}/update/", typed, headers=HTMX).content.decode()
    assert 'id="update-tells" data-hx-swap-oob="true"></span>' in page


def test_making_it_public_says_to_how_many_and_can_be_quiet(console: Client, incident: Incident) -> None:
    subscribe("bea")
    incident.edit(by=ANN, changes={"public": False})
    here = f"/console/incidents/{incident.pk}/edit/"
    form = console.get(here).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"public": "yes"}
    page = says(console.post(here, typed | {"preview": "1"}).content)
    assert "Save and tell 1 recipient" in page
    assert "We tell you late of an incident that began on" in page
    console.post(here, typed | {"quiet": "yes"})
    assert Event.objects.filter(kind="INCIDENT_UPDATED").latest("id").data["quiet"] is True


def test_saving_what_the_public_reads_already_tells_nobody(console: Client, incident: Incident) -> None:
    subscribe("bea")
    assert "Save and tell nobody" in says(console.get(f"/console/incidents/{incident.pk}/edit/").content)
