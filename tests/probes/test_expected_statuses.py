"""Which HTTP statuses are expected, as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.probes.expected import NotStatuses, statuses


@pytest.mark.parametrize(
    ("text", "holds", "lacks"),
    [
        ("200", {200}, {201, 199}),
        ("200-299", {200, 250, 299}, {199, 300}),
        ("2xx", {200, 299}, {199, 300}),
        ("2XX,404", {204, 404}, {403}),
        (" 200 , 301-302 ", {200, 301, 302}, {300, 303}),
    ],
)
def test_what_is_written_is_what_is_expected(text: str, holds: set[int], lacks: set[int]) -> None:
    assert holds <= statuses(text)
    assert not lacks & statuses(text)


@pytest.mark.parametrize(
    "text", ["", "ok", "20", "2000", "99", "600", "299-200", "0xx", "6xx", "200,,204", "2x", "²00", "٣٠٠"]
)
def test_what_is_no_status_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotStatuses, match=r"\.$"):
        statuses(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = statuses(text)
    except NotStatuses:
        return
    assert found
    assert all(100 <= number <= 599 for number in found)


@given(st.sets(st.integers(100, 599), min_size=1, max_size=20))
def test_a_list_of_numbers_is_just_those(numbers: set[int]) -> None:
    assert statuses(",".join(map(str, numbers))) == numbers
