from __future__ import annotations

from functools import partial

import pytest

from accounts.models import User
from events.actors import SYSTEM
from events.errors import StaleEdit
from oncall.models import EscalationPolicy, Schedule
from tests.oncall.people import NOW, policy, schedule, somebody, weekly
from tests.oncall.turns import DAY
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_edits_of_what_both_have_read_one_is_refused() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    web = schedule(weekly(ann, ben))

    def edit(name: str) -> None:
        Schedule.objects.get(pk=web.pk).edit(by=SYSTEM, changes={"name": name}, version=1, now=NOW)

    results = at_once(partial(edit, "Shop"), partial(edit, "Store"))
    assert sorted(type(result) is StaleEdit for result in results) == [False, True]
    assert Schedule.objects.get().version == 2


def test_no_policy_names_a_schedule_that_is_deleted_at_the_same_moment() -> None:
    web = schedule(weekly(somebody("Ann")))
    target = {"schedule": str(web.pk)}
    at_once(lambda: policy(target), lambda: Schedule.objects.get(pk=web.pk).remove(by=SYSTEM))
    assert Schedule.objects.exists() == EscalationPolicy.objects.exists()


def test_who_takes_one_shift_at_the_same_moment_is_kept_in_order() -> None:
    ann, ben, cy = somebody("Ann"), somebody("Ben"), somebody("Cy")
    web = schedule(weekly(ann))
    later = web.shifts(NOW, NOW + DAY)[0].end

    def take(taker: User) -> object:
        return Schedule.objects.get(pk=web.pk).take(taker, NOW, later, by=taker.actor, now=NOW)

    at_once(partial(take, ben), partial(take, cy))
    first, second = web.overrides.order_by("number")
    # The second took it from the first, and has it.
    assert (first.replaces, second.replaces) == (ann, first.user)
    assert [shift.user for shift in web.shifts(NOW, later)] == [str(second.user_id)]
