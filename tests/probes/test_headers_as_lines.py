"""Headers are typed a line each; none can bend the request, and no sentence shows a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.probes.headers import NotHeaders, parse


def test_lines_become_headers() -> None:
    text = "Accept: application/json\n\n  X-Key :  a:b  \nX-Empty:"
    assert parse(text) == {"Accept": "application/json", "X-Key": "a:b", "X-Empty": ""}


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "CONNECTION", "Upgrade", "te"])
def test_what_bends_the_request_is_refused(name: str) -> None:
    with pytest.raises(NotHeaders, match=f"“{name}” is set by the check itself"):
        parse(f"{name}: 1")


@pytest.mark.parametrize(
    "line", ["hunter2", "A B: hunter2", ": hunter2", "X-Ä: hunter2", "X: hunter2\r", "X: hunter2\0", "X: hunter2\rY: 1"]
)
def test_what_is_no_header_is_refused_without_its_value(line: str) -> None:
    text = f"Accept: */*\n{line}\nZ: 1"
    if line.endswith("\r"):
        assert parse(text)["X"] == "hunter2"
        return
    with pytest.raises(NotHeaders, match="Line 2") as refused:
        parse(text)
    assert "hunter2" not in str(refused.value)


def test_a_header_stands_once() -> None:
    with pytest.raises(NotHeaders, match="Line 2: “accept” stands there twice"):
        parse("Accept: a\naccept: b")


@given(st.text())
def test_no_text_yields_a_line_break(text: str) -> None:
    try:
        found = parse(text)
    except NotHeaders:
        return
    assert not any(set(name + value) & set("\r\n\0") for name, value in found.items())
