"""What an event changed, on one line."""

from __future__ import annotations

from typing import Any

import pytest

from events.changes import changes_of, in_brief

CASES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], str]] = [
    ({"old": "operational", "new": "major_outage"}, {}, {}, "Operational → Major outage"),
    ({}, {"owner": ""}, {"owner": "Ann"}, "owner: none → Ann"),
    ({}, {"public": False}, {"public": True}, "public: no → yes"),
    ({}, {"sla_target": "99.9"}, {"sla_target": None}, "sla target: 99.9 → none"),
    ({}, {"order": ["Shop"]}, {"order": ["Depot", "Shop"]}, "order: Shop → Depot, Shop"),
    ({}, {}, {"name": "Shop"}, ""),
    ({}, {"name": "Shop"}, {}, ""),
    ({}, {"services": {}}, {"services": {"Shop": "partial_outage"}}, "services: none → Shop (partial outage)"),
    ({}, dict.fromkeys("abcde", 0), dict.fromkeys("abcde", 1), "a: 0 → 1; b: 0 → 1; c: 0 → 1; 2 more"),
    ({"message": "Hello"}, {}, {}, ""),
]


@pytest.mark.parametrize(("data", "before", "after", "line"), CASES)
def test_it_is_said_in_one_line(data: dict[str, Any], before: dict[str, Any], after: dict[str, Any], line: str) -> None:
    assert in_brief(changes_of(data, before, after)) == line


def test_long_texts_are_cut_and_said_to_be() -> None:
    change = changes_of({}, {"body": "short"}, {"body": "word\n" * 40})[0]
    assert not change.is_short
    assert len(str(change)) < 70
    assert "\n" not in str(change)
