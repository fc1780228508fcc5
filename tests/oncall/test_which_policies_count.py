from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from events.actors import SYSTEM
from events.errors import StaleEdit
from oncall import who
from oncall.ahead import warnings
from oncall.models import EscalationPolicy, Team
from services.models import Service
from tests.oncall.people import NOW, policy, schedule, somebody, told, weekly
from tests.oncall.turns import DAY, OFFICE

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ann() -> dict[str, str]:
    return {"user": str(somebody("Ann").pk)}


def named(*services: Service, severity: str = "high", at: object = NOW) -> list[str]:
    return [each.name for each in who.policies_for([service.pk for service in services], severity, at)]  # type: ignore[arg-type]


def test_a_policy_for_no_service_is_for_all_of_them(ann: dict[str, str]) -> None:
    policy(ann)
    assert named() == named(Service.add(by=SYSTEM, name="Shop")) == ["Page"]


def test_within_a_team_one_that_names_the_service_goes_before_one_for_all(ann: dict[str, str]) -> None:
    shop, search = (Service.add(by=SYSTEM, name=name) for name in ("Shop", "Search"))
    team, other = (Team.add(by=SYSTEM, name=name) for name in ("Platform", "Other"))
    policy(ann, name="All", team=team, position=0)
    policy(ann, name="Shop's", team=team, position=5, services=[shop])
    policy(ann, name="Other's", team=other, position=1)
    assert named(shop) == ["Shop's", "Other's"]
    assert named(search) == named() == ["All", "Other's"]


def test_a_policy_whose_services_are_gone_is_not_one_for_all(ann: dict[str, str]) -> None:
    shop = Service.add(by=SYSTEM, name="Shop")
    page = policy(ann, services=[shop])
    shop.remove(by=SYSTEM)
    assert named() == named(Service.add(by=SYSTEM, name="Search")) == []
    assert [each.message for each in warnings(NOW)] == [
        "Page counts for nothing: the services that it was for have been deleted."
    ]
    page.edit(by=SYSTEM, changes={"services": []}, now=NOW)
    assert named() == ["Page"]


def test_of_several_of_a_team_the_first_counts(ann: dict[str, str]) -> None:
    shop, search = (Service.add(by=SYSTEM, name=name) for name in ("Shop", "Search"))
    policy(ann, name="Second", position=2, services=[shop])
    policy(ann, name="First", position=1, services=[search])
    assert named(shop, search) == ["First"]
    assert named(shop) == ["Second"]


@pytest.mark.parametrize(
    ("severity", "expected"), [("critical", True), ("high", True), ("medium", False), ("low", False)]
)
def test_a_policy_is_for_what_is_at_least_so_bad(ann: dict[str, str], severity: str, *, expected: bool) -> None:
    policy(ann, severity="high")
    assert bool(named(severity=severity)) is expected


def test_a_policy_sleeps_outside_its_hours(ann: dict[str, str]) -> None:
    policy(ann, hours=[OFFICE], timezone="UTC")
    assert (named(at=NOW), named(at=NOW + DAY / 2), named(at=NOW + 3 * DAY)) == (["Page"], [], [])


def test_one_that_is_asleep_or_off_leaves_room_for_the_next(ann: dict[str, str]) -> None:
    policy(ann, name="Office", position=0, hours=[OFFICE], timezone="UTC")
    policy(ann, name="Off", position=1, enabled=False)
    policy(ann, name="Night", position=2)
    assert (named(at=NOW), named(at=NOW + DAY / 2)) == (["Office"], ["Night"])


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"steps": []}, "steps", "A policy needs at least one step."),
        ({"steps": [{"targets": [{"user": NOBODY}]}]}, "steps", f"Step 1: there is no user {NOBODY}"),
        ({"steps": [{"targets": [{"schedule": NOBODY}]}]}, "steps", f"Step 1: there is no schedule {NOBODY}"),
        ({"steps": [{"targets": [{"channel": NOBODY}]}]}, "steps", f"Step 1: there is no channel {NOBODY}"),
        ({"hours": [OFFICE]}, "timezone", "Say in which time zone the hours are meant."),
        ({"hours": [OFFICE], "timezone": "Mars"}, "timezone", "“Mars” is not a time zone."),
        ({"hours": "always"}, "hours", "Hours: Restrictions is a list of objects."),
        ({"repeat": 10}, "repeat", "less than or equal to 9"),
        ({"severity": "awful"}, "severity", "not a valid choice"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_with_a_sentence(
    ann: dict[str, str], fields: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        policy(ann, **fields)
    assert sentence in " ".join(refused.value.message_dict[field])
    assert not EscalationPolicy.objects.exists()


def test_a_target_that_has_gone_may_stay_while_something_else_is_edited() -> None:
    cy = somebody("Cy")
    page = policy({"user": str(cy.pk)})
    cy.is_active = False
    cy.save()
    page.edit(by=SYSTEM, changes={"repeat": 2, "steps": page.steps}, now=NOW)
    assert page.repeat == 2


def test_an_edit_tells_what_it_changed_and_counts(ann: dict[str, str]) -> None:
    shop = Service.add(by=SYSTEM, name="Shop")
    page = policy(ann)
    page.edit(by=SYSTEM, changes={"repeat": 2, "services": [shop]}, version=1, now=NOW)
    page.edit(by=SYSTEM, changes={"repeat": 2}, now=NOW)
    assert (page.version, told().count("POLICY_CHANGED")) == (2, 1)
    with pytest.raises(StaleEdit):
        page.edit(by=SYSTEM, changes={"repeat": 3}, version=1, now=NOW)


def test_a_team_that_is_deleted_leaves_its_schedules_and_policies(ann: dict[str, str]) -> None:
    team = Team.add(by=SYSTEM, name="Platform")
    web, page = schedule(weekly(somebody("Ben")), team=team), policy(ann, team=team)
    team.remove(by=SYSTEM)
    web.refresh_from_db()
    page.refresh_from_db()
    assert (web.team, page.team) == (None, None)
