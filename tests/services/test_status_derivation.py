"""A service's status is the worst of all that speaks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.status import Light, Status, derive, from_components, parse, worst

UP, MAINT, SLOW, PART, DOWN = Status
statuses = st.sampled_from(list(Status))


@pytest.mark.parametrize(
    ("components", "expected"),
    [
        ([], UP),
        ([UP, UP], UP),
        ([UP, MAINT], MAINT),
        ([UP, SLOW], SLOW),
        ([UP, PART], PART),
        ([UP, DOWN], PART),
        ([SLOW, DOWN], PART),
        ([PART, DOWN], PART),
        ([DOWN], DOWN),
        ([DOWN, DOWN], DOWN),
    ],
)
def test_components_speak_for_their_service(components: list[Status], expected: Status) -> None:
    assert from_components(components) is expected


def test_a_status_set_by_hand_is_a_floor_and_not_a_ceiling() -> None:
    assert derive([UP], SLOW) is SLOW
    assert derive([DOWN], UP) is DOWN


def test_the_worst_open_incident_counts() -> None:
    assert derive([UP], None, DOWN) is DOWN


def test_a_service_of_which_nobody_speaks_is_operational() -> None:
    assert derive([], None, None) is UP


@given(st.lists(statuses), st.lists(st.one_of(st.none(), statuses)))
def test_it_is_never_better_than_any_voice(components: list[Status], others: list[Status | None]) -> None:
    derived = derive(components, *others)
    assert all(derived.rank >= other.rank for other in others if other)
    assert derived.rank >= from_components(components).rank


@given(st.lists(statuses, min_size=1))
def test_only_a_service_without_one_sound_component_is_all_down(components: list[Status]) -> None:
    assert (from_components(components) is DOWN) == (set(components) == {DOWN})


@given(st.lists(statuses))
def test_order_does_not_matter(given_statuses: list[Status]) -> None:
    assert worst(given_statuses) is worst(reversed(given_statuses))


@pytest.mark.parametrize(("word", "expected"), [("green", UP), ("yellow", SLOW), ("red", DOWN), ("degraded", SLOW)])
def test_a_light_is_read_as_a_status(word: str, expected: Status) -> None:
    assert parse(word) is expected


def test_an_unknown_word_is_answered_with_those_that_are_known() -> None:
    with pytest.raises(ValueError, match=r"“blue” is not a status.*operational.*red"):
        parse("blue")


def test_lights_are_numbers_in_metrics() -> None:
    assert [light.number for light in Light] == [0, 1, 2]
    assert MAINT.light is Light.GREEN
