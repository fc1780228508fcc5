"""The small path into JSON, and when two values are the same."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.probes.json_path import Missing, NotAPath, equal, find, parse

DOCUMENT = {"a": {"b": [{"c": 1}, "two"]}, "x.y": True, "0": "zero", "list": [[1, 2], [3]]}

keys = st.text(st.characters(exclude_characters=".[]\"'$", exclude_categories=("Cs", "Cc", "Zs")), min_size=1).filter(
    lambda key: not key.isdigit()
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.a.b[0].c", 1),
        ("a.b.0.c", 1),
        ("a.b[1]", "two"),
        ("$['x.y']", True),
        ('["x.y"]', True),
        ("0", "zero"),
        ("list[1].0", 3),
        ("$", DOCUMENT),
        ("  $.a.b.1 ", "two"),
    ],
)
def test_both_ways_of_writing_lead_to_the_value(path: str, value: Any) -> None:
    assert find(DOCUMENT, parse(path)) == value


@pytest.mark.parametrize("path", ["a.c", "a.b[2]", "a.b.-1", "list.x", "a.b[0].c.d", "A", "list[99999]"])
def test_what_is_not_there_is_missing(path: str) -> None:
    with pytest.raises(Missing):
        find(DOCUMENT, parse(path))


@pytest.mark.parametrize("path", ["a..b", "$.", "a[", "a[]", "a[b]", "a['b]", "a]", "$.a[*]", "$..a", "a[-1]", "."])
def test_what_is_no_path_is_refused_with_a_sentence(path: str) -> None:
    with pytest.raises(NotAPath, match="is not a path"):
        parse(path)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("ok", "ok"), ("ok", '"ok"'), (3, "3"), (3, "3.0"), (True, "true"), (None, "null"), ("3", "3"), ("", '""')],
)
def test_a_value_is_compared_as_text_or_as_json(value: Any, wanted: str) -> None:
    assert equal(value, wanted)


@pytest.mark.parametrize(
    ("value", "wanted"), [(True, "1"), (1, "true"), (0, "false"), (None, ""), ("ok", "OK"), ([True], "[1]"), (3, "[")]
)
def test_what_json_tells_apart_is_different(value: Any, wanted: str) -> None:
    assert not equal(value, wanted)


@given(st.lists(keys, min_size=1), values)
def test_every_key_leads_down_one_step(steps: list[str], value: Any) -> None:
    document = value
    for step in reversed(steps):
        document = {step: document}
    assert find(document, parse(".".join(steps))) == value
    assert find(document, parse("$" + "".join(f'["{step}"]' for step in steps))) == value


@given(values)
def test_every_value_is_itself(value: Any) -> None:
    assert equal(value, json.dumps(value))


@given(values, st.text(max_size=40))
def test_any_text_is_a_path_or_refused(document: Any, text: str) -> None:
    with contextlib.suppress(NotAPath, Missing):
        find(document, parse(text))
