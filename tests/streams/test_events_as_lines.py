from __future__ import annotations

import json

import pytest

from events.streams.frames import frame, patience, place


@pytest.mark.parametrize(
    "text", ["a\n\nid: 9\nevent: FALSE", "a\r\rdata: x", "\u2028\u2029\x85", "\x00", "\ud800", "ü — 😀"]
)
def test_no_text_can_end_an_event_or_begin_another(text: str) -> None:
    whole = frame(7, "INCIDENT_CREATED", {"message": text})
    lines = whole.decode().splitlines()
    assert len(lines) == 4
    assert lines[:2] == ["id: 7", "event: INCIDENT_CREATED"]
    assert json.loads(lines[2].removeprefix("data: ")) == {"message": text}
    assert whole.endswith(b"\n\n")


def test_a_number_alone_is_no_event() -> None:
    assert place(7) == b"id: 7\n\n"
    assert patience(1500) == b"retry: 1500\n\n"
