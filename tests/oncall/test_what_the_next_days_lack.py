from __future__ import annotations

import pytest

from events.actors import SYSTEM
from oncall.ahead import warnings
from oncall.models import Team
from tests.oncall.people import MONDAY, NOW, policy, schedule, somebody, weekly
from tests.oncall.turns import DAY, OFFICE

pytestmark = pytest.mark.django_db


def said(team: Team | None = None) -> list[tuple[str, str]]:
    return [(each.kind, each.message) for each in warnings(NOW, team)]


def test_a_schedule_that_lacks_nothing_is_not_warned_of() -> None:
    schedule(weekly(somebody("Ann")))
    assert said() == []


def test_times_when_nobody_is_on_call_are_one_warning_of_their_schedule() -> None:
    schedule(weekly(somebody("Ann"), restrictions=[OFFICE]))
    (found,) = warnings(NOW)
    assert (found.kind, found.start) == ("gap", NOW)
    assert found.message == "Nobody is on call by Web for 10 d 16 h of the next 14 days."
    # Ten nights, two of them with a weekend, and what is left of the first and the last.
    assert len(found.gaps) == 11


def test_an_empty_schedule_is_one_gap() -> None:
    schedule()
    assert said() == [("gap", "Nobody is on call by Web for 14 d of the next 14 days.")]


def test_whoever_cannot_be_reached_is_named_once_with_the_first_of_their_shifts() -> None:
    schedule(weekly(somebody("Ann"), somebody("Ben", email="")))
    (found,) = warnings(NOW)
    assert (found.kind, found.start, str(found.user)) == ("unreachable", MONDAY, "Ben")
    assert found.message.endswith("They are on call by Web.")


def test_whoever_comes_later_than_that_is_not() -> None:
    schedule(weekly(somebody("Ann"), somebody("Ben", email=""), length=4))
    assert said() == []


def test_steps_that_reach_nobody_are_named() -> None:
    ann = somebody("Ann")
    policy({"user": str(somebody("Ben").pk)}, {"user": str(ann.pk)})
    ann.is_active = False
    ann.save()
    assert said() == [("step", "Step 2 of Page does not reach them. The account of Ann is deactivated.")]


def test_a_team_is_told_of_its_own() -> None:
    team = Team.add(by=SYSTEM, name="Platform")
    schedule(name="Others")
    schedule(team=team)
    assert [message for _, message in said(team)] == ["Nobody is on call by Web for 14 d of the next 14 days."]
    assert warnings(NOW, team)[0].gaps[0].end == NOW + 14 * DAY
