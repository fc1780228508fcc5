"""``/api/v1/incidents/{id}/postmortem`` and ``/api/v1/action-items``."""

from __future__ import annotations

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.models import User
from incidents.models import ActionItem, Incident
from services.models import Service
from tests.incidents.conftest import ANN, NOON
from tests.incidents.writing import DUE, OVER, drafted, item_of, resolved

pytestmark = pytest.mark.django_db(transaction=True)
ITEMS = "/api/v1/action-items"


def address(incident: Incident, more: str = "") -> str:
    return f"/api/v1/incidents/{incident.pk}/postmortem{more}"


def test_it_is_drafted_changed_and_published(api: APIClient, checkout: Service) -> None:
    incident = resolved(checkout)
    assert api.get(address(incident)).status_code == 404
    made = api.post(address(incident), {"lessons": "Look."}, format="json")
    assert made.status_code == 201
    said = made.json()
    assert (said["status"], said["published_at"], said["lessons"]) == ("draft", None, "Look.")
    assert (said["root_cause"], said["resolution"], said["action_items"]) == ("A full disk.", "Made room.", [])
    assert "Payments fail" in said["summary"]
    again = api.post(address(incident), {}, format="json")
    assert (again.status_code, again.json()["type"][-17:]) == (409, "postmortem_exists")
    changed = api.patch(address(incident), {"summary": "It broke.", "version": said["version"]}, format="json")
    assert changed.json()["summary"] == "It broke."
    stale = api.patch(address(incident), {"summary": "Mine.", "version": said["version"]}, format="json")
    assert (stale.status_code, stale.json()["current"]["summary"]) == (409, "It broke.")
    shown = api.post(address(incident, "/publish"), {"quiet": True}, format="json").json()
    assert (shown["status"], shown["public"]) == ("published", True)
    assert api.post(address(incident, "/publish")).status_code == 409
    assert api.patch(address(incident), {"nonsense": 1}, format="json").status_code == 400


def test_an_open_incident_and_a_missing_one_are_refused(api: APIClient, incident: Incident) -> None:
    drafted(incident)
    refused = api.post(address(incident, "/publish"))
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert "Resolve it" in refused.json()["detail"]
    incident.pk = "00000000-0000-0000-0000-000000000000"
    for more in ("", "/export", "/action-items"):
        assert api.get(address(incident, more)).status_code == 404
    assert api.post(address(incident), {}, format="json").status_code == 404


def test_the_export_is_a_markdown_file(api: APIClient, checkout: Service) -> None:
    postmortem = drafted(resolved(checkout))
    item_of(postmortem)
    answer = api.get(address(postmortem.incident, "/export"))
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert "- [ ] Watch the disk (nobody has it, due 2026-03-09" in answer.content.decode()


def test_action_items_are_added_changed_done_and_removed(api: APIClient, checkout: Service, operator: User) -> None:
    incident = drafted(resolved(checkout)).incident
    said = {"title": "Watch the disk", "owner": str(operator.pk), "due_date": str(DUE)}
    made = api.post(address(incident, "/action-items"), said, format="json", headers={"Idempotency-Key": "1"})
    again = api.post(address(incident, "/action-items"), said, format="json", headers={"Idempotency-Key": "1"})
    assert (made.status_code, again.json(), ActionItem.objects.count()) == (201, made.json(), 1)
    assert (made.json()["owner"], made.json()["owner_name"]) == (str(operator.pk), "Olga Ops")
    assert api.get(address(incident, "/action-items")).json()["count"] == 1
    one = made["Location"]
    done = api.patch(one, {"title": "Watch all disks", "status": "done"}, format="json").json()
    assert (done["title"], done["status"], done["owner"]) == ("Watch all disks", "done", str(operator.pk))
    assert api.patch(one, {"status": "open"}, format="json").json()["done_at"] is None
    assert api.patch(one, {"due_date": "soon"}, format="json").status_code == 400
    operator.is_active = False
    operator.save()
    refused = api.post(address(incident, "/action-items"), said, format="json")
    assert "deactivated" in refused.json()["errors"]["owner"][0]
    assert (api.delete(one).status_code, api.get(one).status_code) == (204, 404)


def test_the_open_and_the_overdue_ones_are_found(api: APIClient, checkout: Service) -> None:
    postmortem = drafted(resolved(checkout))
    late, done = item_of(postmortem, title="Late"), item_of(postmortem, title="Done")
    done.finish(by=ANN, now=NOON)
    ActionItem.add(postmortem, by=ANN, title="Some day", now=NOON)
    with time_machine.travel(OVER, tick=False):
        found = {
            query: [row["title"] for row in api.get(f"{ITEMS}?{query}").json()["results"]]
            for query in ("status=open", "status=open&overdue=true", "overdue=false", "search=some")
        }
        assert api.get(f"{ITEMS}/{late.pk}").json()["overdue"] is True
    assert found["status=open"] == ["Late", "Some day"]
    assert found["status=open&overdue=true"] == ["Late"]
    assert sorted(found["overdue=false"]) == ["Done", "Some day"]
    assert found["search=some"] == ["Some day"]
    assert api.get(f"{ITEMS}?overdue=perhaps").status_code == 400
