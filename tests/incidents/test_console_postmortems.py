"""A postmortem in the console: drafted, previewed, saved, published; and the tasks that come of it."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from incidents.models import ActionItem, Incident, Postmortem
from incidents.models.postmortem import TEXTS
from notifications.models import Announcement, Delivery, Subscriber
from services.models import Service
from tests.incidents.conftest import ANN
from tests.incidents.telling import fan_out, says, subscribe
from tests.incidents.writing import OVER, drafted, item_of, published, resolved

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}
LIST = "/console/incidents/action-items/"


def address(incident: Incident, more: str = "") -> str:
    return f"/console/incidents/{incident.pk}/postmortem/{more}"


def typed(postmortem: Postmortem, **texts: str) -> dict[str, str]:
    """What a browser sends of the form as it stood."""
    stood = {name: str(getattr(postmortem, name)) for name in TEXTS}
    return {**stood, **{f"initial-{name}": text for name, text in stood.items()}, "version": "1", **texts}


def follow(incident: Incident) -> None:
    """Let one follow the incident, and one everything."""
    subscribe("bea", "cem")
    Subscriber.objects.filter(address="bea@example.org").update(scope="incident", incident=incident)


def test_a_draft_is_offered_previewed_and_saved(console: Client, checkout: Service) -> None:
    incident = resolved(checkout)
    assert "Write postmortem" in says(console.get(f"/console/incidents/{incident.pk}/").content)
    page = console.get(address(incident)).content.decode()
    assert "A full disk." in page
    assert "Payments fail. It began on 2 March 2026, 12:00 UTC. It lasted 2 h." in page
    assert not Postmortem.objects.exists()
    texts = dict.fromkeys(TEXTS, "") | {"summary": "It **broke**.", "version": ""}
    seen = console.post(address(incident), {**texts, "preview": "1"}, headers=HTMX).content.decode()
    assert "<strong>broke</strong>" in seen
    assert "It **broke**." in console.post(address(incident), {**texts, "preview": "1"}).content.decode()
    saved = console.post(address(incident), texts, follow=True)
    assert "The draft is saved." in says(saved.content)
    assert Postmortem.objects.get().summary == "It **broke**."
    assert "Postmortem" in says(console.get(f"/console/incidents/{incident.pk}/").content)


def test_publishing_shows_the_message_and_tells_those_who_follow_once(console: Client, checkout: Service) -> None:
    incident = resolved(checkout)
    drafted(incident)
    follow(incident)
    assert "Publish and tell 1 recipient Publish quietly" in says(console.get(address(incident)).content)
    seen = console.post(address(incident, "publish/"), {"preview": "1"}, headers=HTMX)
    assert "Postmortem: Payments fail" in says(seen.content)
    assert Postmortem.objects.get().status == "draft"
    answer = console.post(address(incident, "publish/"), follow=True)
    assert "The public page of the incident shows it." in says(answer.content)
    fan_out()
    fan_out()
    told = Announcement.objects.get(kind="POSTMORTEM_PUBLISHED")
    assert "It broke." in told.text
    assert f"/status/incidents/{incident.pk}#postmortem" in told.text
    assert told.facts["incident"]["resolved_at"] == "2026-03-02T14:00:00Z"
    assert [row.recipient for row in Delivery.objects.filter(announcement=told)] == ["email:bea@example.org"]
    assert "published already" in says(console.post(address(incident, "publish/")).content)


@pytest.mark.parametrize("public", [True, False])
def test_quietly_and_inside_nobody_is_told(console: Client, checkout: Service, public: bool) -> None:
    incident = resolved(checkout, public=public)
    drafted(incident)
    follow(incident)
    console.post(address(incident, "publish/"), {"quiet": "yes"} if public else {})
    fan_out()
    assert Postmortem.objects.get().public is public
    assert not Announcement.objects.filter(kind="POSTMORTEM_PUBLISHED", audience="public", deliveries__isnull=False)


def test_nobody_publishes_what_they_have_not_seen(console: Client, checkout: Service) -> None:
    postmortem = drafted(resolved(checkout))
    seen = {"version": postmortem.version}
    postmortem.edit(by=ANN, changes={"summary": "Theirs, which nobody has read."})
    there = address(postmortem.incident, "publish/")
    answer = console.post(there, seen)
    assert answer.status_code == 409
    assert "Somebody else has edited this postmortem meanwhile. Read it again" in says(answer.content)
    assert "Theirs, which nobody has read." in says(answer.content)
    assert Postmortem.objects.get().status == "draft"
    console.post(there, {"version": postmortem.version, "quiet": "yes"})
    assert Postmortem.objects.get().is_published


def test_who_saves_second_sees_both_texts(console: Client, checkout: Service) -> None:
    postmortem = published(resolved(checkout))
    mine = typed(postmortem, summary="Mine.", lessons="Also mine.")
    postmortem.edit(by=ANN, changes={"summary": "Theirs.", "impact": "Many."})
    answer = console.post(address(postmortem.incident), mine | {"version": "2"})
    page = says(answer.content)
    assert answer.status_code == 409
    for words in ("Saved meanwhile", "Theirs.", "Mine.", "Many.", "Also mine.", "Save mine over it"):
        assert words in page, words
    postmortem.refresh_from_db()
    assert postmortem.summary == "Theirs."


def test_a_viewer_reads_and_changes_nothing(client: Client, viewer: User, checkout: Service) -> None:
    postmortem = published(resolved(checkout), lessons="Watch **it**.")
    item = item_of(postmortem)
    client.force_login(viewer)
    page = client.get(address(postmortem.incident)).content.decode()
    assert "<strong>it</strong>" in page
    assert "<textarea" not in page
    assert client.post(f"{LIST}{item.pk}/done/").status_code == 403
    assert b"# Postmortem: Payments fail" in client.get(address(postmortem.incident, "export/")).content


def test_action_items_are_added_listed_and_done(console: Client, checkout: Service, operator: User) -> None:
    incident = drafted(resolved(checkout)).incident
    said = {"title": "Watch the disk", "owner": str(operator.pk), "due_date": "2026-03-09"}
    assert console.post(address(incident, "action-items/"), said | {"due_date": "soon"}).status_code == 400
    assert "is added" in says(console.post(address(incident, "action-items/"), said, follow=True).content)
    item = ActionItem.objects.get()
    with time_machine.travel(OVER, tick=False):
        console.force_login(operator)
        page = says(console.get(LIST).content)
    console.force_login(operator)
    assert "Watch the disk Payments fail" in page
    assert "Overdue , was due 9 Mar 2026" in page
    assert "1 action item" in page
    one = f"{LIST}{item.pk}/"
    assert "is changed" in says(console.post(one, said | {"title": "Watch all disks"}, follow=True).content)
    answer = console.post(f"{one}done/", {"next": LIST})
    assert answer["Location"] == LIST
    assert "Nothing is left to do" in says(console.get(LIST).content)
    assert "Watch all disks" in says(console.get(LIST, {"status": "done"}).content)
    assert console.post(f"{one}reopen/", {"next": "https://evil.example/"})["Location"] == address(incident)
    console.post(f"{one}remove/")
    assert not ActionItem.objects.exists()
