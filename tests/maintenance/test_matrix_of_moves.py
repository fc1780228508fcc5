"""Every verb at every stage: what the table allows is done, anything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from events.models import Event
from services.maintenance.lifecycle import ALLOWED, TRANSITIONS, MoveDenied, Stage
from services.models import Maintenance
from tests.maintenance.conftest import ANN, END, START, Plan

pytestmark = pytest.mark.django_db
LATER = START + timedelta(minutes=10)
Verb = Callable[[Maintenance], object]
VERBS: dict[str, Verb] = {
    "start": lambda window: window.start(by=ANN, now=LATER),
    "complete": lambda window: window.complete(by=ANN, now=LATER),
    "cancel": lambda window: window.cancel(by=ANN, now=LATER),
    "edit": lambda window: window.edit(by=ANN, changes={"title": "Other"}, now=LATER),
    "extend": lambda window: window.extend(by=ANN, until=END + timedelta(hours=1), now=LATER),
    "post_update": lambda window: window.post_update(by=ANN, message="Word.", now=LATER),
}
WAYS: dict[Stage, tuple[str, ...]] = {
    Stage.SCHEDULED: (),
    Stage.IN_PROGRESS: ("start",),
    Stage.COMPLETED: ("start", "complete"),
    Stage.CANCELLED: ("cancel",),
}


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_table_decides(plan: Plan, verb: str, stage: Stage) -> None:
    window = plan()
    for step in WAYS[stage]:
        VERBS[step](window)
    assert window.stage is stage
    events = Event.objects.count()
    if verb in TRANSITIONS[stage] or stage in ALLOWED.get(verb, ()):
        VERBS[verb](window)
        window.refresh_from_db()
        assert window.stage is TRANSITIONS[stage].get(verb, stage)
        assert Event.objects.count() > events
    else:
        with pytest.raises(MoveDenied):
            VERBS[verb](window)
        assert Event.objects.count() == events


def test_the_matrix_is_whole() -> None:
    assert set(VERBS) == {*ALLOWED, *(verb for moves in TRANSITIONS.values() for verb in moves)}
    assert set(TRANSITIONS) == set(Stage)
