"""Every kind of event carries before and after, or says why not: all that tells the log is walked, in the source."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.implied import IMPLIED, WHY_NOT, before_and_after
from events.kinds import Kind

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("accounts", "alerts", "branding", "console", "events", "incidents", "notifications", "oncall", "services")
TELLERS = {"tell", "_tell", "tell_of", "tell_of_page", "announce", "_say", "_keep"}
# Told by a function that is handed the kind, with the move in ``old`` and ``new`` or with before and after.
HANDED = {
    *("INCIDENT_STATUS_CHANGED", "INCIDENT_REOPENED", "SERVICE_STATUS_CHANGED", "SERVICE_COUNTING_CHANGED"),
    *("COMPONENT_STATUS_CHANGED", "COMPONENT_COUNTING_CHANGED", "ACTION_ITEM_DONE", "ACTION_ITEM_REOPENED"),
}
# Told in one place with what changed, and in another of something that must not be read: a secret, an address.
PARTLY = {"SUBSCRIBER_CHANGED", "SCHEDULE_CHANGED"}


def kinds_in(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        for node in ast.walk(argument):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Kind":
                yield node.attr


def carries(call: ast.Call) -> bool:
    # ``**detail`` has no name: it is handed on.
    return bool({keyword.arg for keyword in call.keywords} & {"before", "after", None})


def told() -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = defaultdict(list)
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in TELLERS:
                for kind in kinds_in(node):
                    found[kind].append(carries(node))
    return found


def test_every_kind_is_accounted_for_once() -> None:
    by_itself = {kind for kind, calls in told().items() if all(calls)}
    silent = [kind.name for kind in Kind if kind not in IMPLIED.keys() | WHY_NOT.keys() | by_itself | HANDED | PARTLY]
    assert not silent, "Tell them with before and after, or say in events/implied.py what they imply, or why neither."
    assert not IMPLIED.keys() & WHY_NOT.keys()


@pytest.mark.parametrize(
    ("kind", "data", "before", "after", "expected"),
    [
        (Kind.CHANNEL_SWITCHED_OFF, {}, {}, {}, ({"enabled": True}, {"enabled": False})),
        (Kind.SERVICE_STATUS_CHANGED, {"old": "a", "new": "b"}, {}, {}, ({"status": "a"}, {"status": "b"})),
        (Kind.GROUP_CHANGED, {}, {"name": "A"}, {"name": "B"}, ({"name": "A"}, {"name": "B"})),
        (Kind.USER_SIGNED_IN, {}, {}, {}, ({}, {})),
    ],
)
def test_what_a_kind_says_by_itself_is_filled_in(
    kind: Kind, data: dict[str, str], before: dict[str, str], after: dict[str, str], expected: object
) -> None:
    assert before_and_after(kind, data, before, after) == expected
