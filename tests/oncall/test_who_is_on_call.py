from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from events.actors import SYSTEM
from oncall import who
from oncall.models import Team
from oncall.who import Resolved
from tests.oncall.people import MONDAY, NOW, schedule, somebody, way, weekly
from tests.oncall.turns import DAY, OFFICE, utc

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
NOBODY = "00000000-0000-4000-8000-000000000000"


def test_somebody_is_on_call_until_the_next_handoff() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))
    assert who.on_call(web, MONDAY - SECOND) == who.OnCall(ann, MONDAY, "Weekly", "")
    assert who.on_call(web, MONDAY).user == ben


def test_turns_of_one_person_have_no_end_between_them() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    assert who.on_call(schedule(weekly(ann, ann, ben)), NOW).until == MONDAY + 7 * DAY
    assert who.on_call(schedule(weekly(ann), name="Always"), NOW).until is None


def test_a_gap_is_said_to_be_one() -> None:
    web = schedule(weekly(somebody("Ann"), restrictions=[OFFICE]))
    night = utc("2026-03-05T03:00")
    assert who.on_call(web, night) == who.OnCall(None, utc("2026-03-05T14:00"), "", "Nobody is on call by Web.")


def test_an_account_that_is_off_is_a_gap_with_a_warning() -> None:
    ann = somebody("Ann")
    web = schedule(weekly(ann))
    ann.is_active = False
    ann.save()
    found = who.on_call(web, NOW)
    assert (found.user, found.layer, found.warning) == (None, "Weekly", "The account of Ann is deactivated.")


def test_whoever_could_not_acknowledge_is_a_gap_with_a_warning() -> None:
    found = who.on_call(schedule(weekly(somebody("Ann", role="viewer"))), NOW)
    assert (found.user, found.warning) == (None, "Ann is a viewer, and could not acknowledge.")


def test_whoever_cannot_be_reached_is_a_gap_with_a_warning() -> None:
    found = who.on_call(schedule(weekly(somebody("Ann", email=""))), NOW)
    assert found.user is None
    assert found.warning.startswith("Ann has no way to be reached")


def test_a_schedule_reaches_whoever_is_on_call_at_that_instant() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    target = {"schedule": str(schedule(weekly(ann, ben)).pk)}
    assert who.resolve(target, MONDAY - SECOND) == Resolved([ann])
    assert who.resolve(target, MONDAY) == Resolved([ben])


def test_a_person_is_reached_whoever_is_on_call() -> None:
    ann = somebody("Ann")
    assert who.resolve({"user": str(ann.pk)}, NOW) == Resolved([ann])


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ({"schedule": NOBODY}, "The schedule has been deleted."),
        ({"user": NOBODY}, "The account has been deleted."),
        ({"channel": NOBODY}, "The channel has been deleted or switched off, or tells outsiders."),
        ({"schedule": "web"}, "The step names a schedule that is none."),
        ({"team": NOBODY}, "The step names nobody."),
        ({}, "The step names nobody."),
    ],
)
def test_what_is_not_there_reaches_nobody_and_says_why(target: dict[str, str], why: str) -> None:
    assert who.resolve(target, NOW) == Resolved(why_nobody=why)


def test_a_step_that_reaches_nobody_says_why() -> None:
    silent = somebody("Ann", email="")
    way(silent, "ann@example.net", verified=False)
    web = schedule(weekly(silent))
    assert who.resolve({"user": str(silent.pk)}, NOW).why_nobody.startswith("Ann has no way to be reached")
    assert who.resolve({"schedule": str(web.pk)}, NOW).why_nobody.startswith("Ann has no way to be reached")


def test_who_is_on_call_now_is_told_by_schedule_or_for_one_team() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    team = Team.add(by=SYSTEM, name="Platform", members=[ann])
    schedule(weekly(ann), team=team)
    schedule(weekly(ben), name="Shop")
    assert [(row.schedule.name, row.on_call.user) for row in who.current(at=NOW)] == [("Shop", ben), ("Web", ann)]
    assert [row.on_call.user for row in who.current(team, at=NOW)] == [ann]


def test_it_asks_as_often_for_many_schedules_as_for_one(django_assert_num_queries: Any) -> None:
    people = [somebody(name) for name in ("Ann", "Ben", "Cy", "Dee")]
    for person in people:
        web = schedule(weekly(person), name=f"Of {person}")
        web.cover(people[0], NOW + DAY, NOW + 2 * DAY, by=SYSTEM, now=NOW)
    with django_assert_num_queries(5):
        assert len(who.current(at=NOW)) == 4


def test_an_override_that_comes_ends_somebodys_time() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann))
    web.cover(ben, NOW + 20 * DAY, NOW + 21 * DAY, by=SYSTEM, now=NOW)
    assert who.on_call(web, NOW).until == NOW + 20 * DAY
    assert who.on_call(web, NOW + 20 * DAY) == who.OnCall(ben, NOW + 21 * DAY, "override", "")
