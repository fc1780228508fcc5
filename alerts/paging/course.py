"""How a page climbs from step to step. Pure: no database, no clock, nobody's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

# What a policy without a step waits for an answer of the admins.
USUAL: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Step:
    """Whom to tell (``{"schedule" | "user" | "channel": id}``), and how long to wait for an answer."""

    delay: timedelta
    targets: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A policy as it was when the page began. ``repeat``: how often all steps run again; no ``remind_after``: never."""

    steps: Sequence[Step]
    repeat: int
    remind_after: timedelta


@dataclass(frozen=True, slots=True)
class Course:
    """Where a page stands: the step that fires next, and in which round. Both count from 0."""

    step: int = 0
    round: int = 0


START: Final = Course()


@dataclass(frozen=True, slots=True)
class Next:
    """What comes after a step has fired, and how long after."""

    course: Course
    delay: timedelta


@dataclass(frozen=True, slots=True)
class Climb:
    """What is to be done now: the step to fire, and those that were passed because they have nobody.

    ``course`` is None where nobody is left. One past the last step means that the whole round has nobody.
    """

    course: Course | None
    passed: Sequence[Course] = field(default_factory=list)


def plan_of(snapshot: Mapping[str, Any]) -> Plan:
    """Return the plan that a page keeps; delays there are in minutes."""
    steps = [Step(timedelta(minutes=step["delay"]), step["targets"]) for step in snapshot["steps"]]
    return Plan(steps, snapshot["repeat"], timedelta(minutes=snapshot["remind_after"]))


def is_over(plan: Plan, course: Course) -> bool:
    """Say whether all rounds have run."""
    return course.round > plan.repeat


def is_past_the_last(plan: Plan, course: Course) -> bool:
    """Say whether no step is left in the round."""
    return course.step >= len(plan.steps)


def climb(plan: Plan, course: Course, has_people: Callable[[int], bool]) -> Climb:
    """Return what to do at ``course``: a step without people is passed, the next one is due now.

    A round in which nobody was told ends past its last step, where the fallback stands.
    """
    passed: list[Course] = []
    # A course beyond the first step has told somebody in its round, or it would have passed on.
    silent = course.step == 0
    while not is_over(plan, course):
        if not is_past_the_last(plan, course):
            if has_people(course.step):
                return Climb(course, passed)
            passed.append(course)
            course = Course(course.step + 1, course.round)
        elif silent:
            return Climb(course, passed)
        else:
            course, silent = Course(0, course.round + 1), True
    return Climb(None, passed)


def after_firing(plan: Plan, course: Course) -> Next:
    """Return what follows once the step at ``course`` has fired: the next step, else the next round.

    After the last round too its last step has its time: then :func:`is_over`, and nobody has answered.
    """
    delay = plan.steps[min(course.step, len(plan.steps) - 1)].delay if plan.steps else USUAL
    if is_past_the_last(plan, Course(course.step + 1, course.round)):
        return Next(Course(0, course.round + 1), delay)
    return Next(Course(course.step + 1, course.round), delay)
