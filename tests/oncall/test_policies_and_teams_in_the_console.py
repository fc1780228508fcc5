"""Policies are built step by step, read as a sentence, and say whom they would reach; teams have members."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from events.actors import SYSTEM
from oncall.models import EscalationPolicy, Team
from services.models import Service
from tests.factories import signed_in
from tests.oncall.people import policy, schedule, somebody, weekly

pytestmark = pytest.mark.django_db
NEW = "/console/oncall/policies/new/"


@pytest.fixture
def console() -> Client:
    return signed_in(Role.OPERATOR)


def typed(*targets: str, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of a policy with one step."""
    plain = {"name": "Web", "team": "", "severity": "high", "timezone": "UTC", "repeat": "1", "remind_after": "30"}
    step = {"steps-0-delay": "5", "steps-0-targets": [*targets, ""]}
    return plain | {"position": "0", "enabled": "on", "version": ""} | step | changes


def test_a_policy_is_made_and_read_as_a_sentence(console: Client) -> None:
    ada, ben = somebody("Ada"), somebody("Ben")
    plan = schedule(weekly(ada))
    second = {"steps-1-delay": "10", "steps-1-targets": [f"user:{ben.pk}"]}
    answer = console.post(NEW, typed(f"schedule:{plan.pk}", **second), follow=True)
    page = answer.content.decode()
    assert "First whoever is on call by “Web”; after 5 min Ben, then all of it once more" in page
    assert "Whoever is on call by “Web”: Ada" in page
    assert "SEV2 and worse" in page
    assert EscalationPolicy.objects.get().steps[0] == {"delay": 5, "targets": [{"schedule": str(plan.pk)}]}


def test_a_step_that_tells_nobody_is_refused_by_its_number(console: Client) -> None:
    answer = console.post(NEW, typed())
    assert answer.status_code == 400
    assert "Step 1 has nobody to tell." in answer.content.decode()


def test_rows_are_added_without_a_script_and_the_rest_stays(console: Client) -> None:
    checkout = Service.add(by=SYSTEM, name="Checkout", public=True)
    page = console.post(NEW, typed(do="add:hours", services=[str(checkout.pk)])).content.decode()
    assert 'name="hours-0-from" value="09:00"' in page
    assert 'name="name" value="Web"' in page
    assert page.count(" checked") == len([*"MTWTF", "service", "in use"])


def test_who_comes_second_sees_both_texts(console: Client) -> None:
    ada = somebody("Ada")
    rule = policy({"user": str(ada.pk)}, name="Web")
    rule.edit(by=SYSTEM, changes={"repeat": 7})
    answer = console.post(f"/console/oncall/policies/{rule.pk}/edit/", typed(f"user:{ada.pk}", version="1", repeat="2"))
    assert answer.status_code == 409
    assert "Then all of it again" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()


def test_what_the_second_did_not_touch_of_a_policy_is_as_the_first_saved_it(console: Client) -> None:
    ada = somebody("Ada")
    rule = policy({"user": str(ada.pk)}, name="Web", severity="high", timezone="UTC", repeat=1, remind_after=30)
    edit = f"/console/oncall/policies/{rule.pk}/edit/"
    began = console.get(edit).context["began"]
    rule.edit(by=SYSTEM, changes={"steps": [{"delay": 9, "targets": [{"user": str(ada.pk)}]}]})
    sent = {"repeat": "2", "version": "1", "initial-said": began}
    answer = console.post(edit, typed(f"user:{ada.pk}", **sent))
    assert answer.status_code == 409
    assert [step["delay"] for step in answer.context["form"].typed["steps"]] == [9]
    assert [label for label, _, _ in answer.context["differences"]] == ["Then all of it again"]


def test_saving_does_not_widen_a_policy_whose_services_are_gone(console: Client) -> None:
    ada, checkout = somebody("Ada"), Service.add(by=SYSTEM, name="Checkout", public=True)
    rule = policy({"user": str(ada.pk)}, name="Web", services=[checkout])
    checkout.remove(by=SYSTEM)
    said = typed(f"user:{ada.pk}", version="1", remind_after="90")
    assert console.post(f"/console/oncall/policies/{rule.pk}/edit/", said).status_code == 302
    rule.refresh_from_db()
    assert (rule.remind_after, rule.every_service) == (90, False)
    assert "None: those it named are gone" in console.get(f"/console/oncall/policies/{rule.pk}/").content.decode()


def test_a_service_says_who_is_paged_for_it_and_a_policy_what_else_is(console: Client) -> None:
    ada, shop = somebody("Ada"), Service.add(by=SYSTEM, name="Shop", public=True)
    about = f"/console/services/{shop.pk}/"
    assert "No escalation policy: nobody" in console.get(about).content.decode()
    rule = policy({"user": str(ada.pk)}, name="Shop first", services=[shop])
    policy({"user": str(ada.pk)}, name="Everything at night", severity="high")
    policy({"user": str(ada.pk)}, name="Switched off", enabled=False)
    assert [one.name for one in console.get(about).context["pagers"]] == ["Everything at night", "Shop first"]
    for page in (f"/console/oncall/policies/{rule.pk}/", f"/console/oncall/policies/{rule.pk}/edit/"):
        assert [one.name for one in console.get(page).context["pagers"]] == ["Everything at night"]
    assert [one.name for one in console.get(NEW).context["pagers"]] == ["Everything at night", "Shop first"]


def test_a_target_that_reaches_nobody_says_why(console: Client) -> None:
    rule = policy({"user": str(somebody("Ada", email="").pk)})
    page = console.get(f"/console/oncall/policies/{rule.pk}/").content.decode()
    assert "Ada has no way to be reached" in page
    assert console.post(f"/console/oncall/policies/{rule.pk}/delete/").status_code == 302
    assert "No escalation policies yet" in console.get("/console/oncall/policies/").content.decode()


def test_a_team_is_made_changed_and_deleted(console: Client) -> None:
    ada, ben = somebody("Ada"), somebody("Ben")
    console.post("/console/oncall/teams/", {"name": "Web", "members": [ada.pk]})
    team = Team.objects.get()
    console.post(f"/console/oncall/teams/{team.pk}/edit/", {"name": "Web and API", "members": [ben.pk]})
    assert "Web and API" in (page := console.get("/console/oncall/teams/").content.decode())
    assert "Ben</td>" in page
    assert console.post("/console/oncall/teams/", {"name": "Web and API"}).status_code == 400
    policy({"user": str(ada.pk)}, name="Web, all day", team=team)
    assert "Web, all day" in console.get(f"/console/oncall/teams/{team.pk}/delete/").content.decode()
    console.post(f"/console/oncall/teams/{team.pk}/delete/")
    assert not Team.objects.exists()
