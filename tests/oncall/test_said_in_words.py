"""Policies, layers and changes of clocks as people read them, and forms whose rows are put in order by buttons."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from oncall import clocks, sentences
from oncall.arranging import arranged
from tests.oncall.turns import utc

NAMES = {"s": "Web", "u": "Ben", "c": "Operations"}
STEPS = [
    {"delay": 5, "targets": [{"schedule": "s"}]},
    {"delay": 90, "targets": [{"user": "u"}, {"channel": "c"}]},
    {"delay": 5, "targets": [{"user": "gone"}]},
]
LAYER = {
    "name": "Nights",
    "start": "2026-03-02T02:30",
    "unit": "weeks",
    "length": 2,
    "participants": ["u", "gone"],
    "restrictions": [{"days": [0, 1, 2, 3, 4, 6], "from": "22:00", "to": "06:00"}],
}


def test_a_policy_is_one_sentence() -> None:
    assert sentences.policy(STEPS, 2, NAMES) == (
        "First whoever is on call by “Web”; after 5 min Ben and the channel “Operations”; "
        "after 1 h 30 min somebody who left, then all of it 2 times more, until somebody acknowledges."
    )


def test_a_layer_is_one_line() -> None:
    assert sentences.layer(LAYER, NAMES) == (
        "Nights: every 2 weeks, as on Mon 2 Mar 2026 at 02:30; Ben, somebody who left; Mon to Fri, Sun 22:00 to 06:00"
    )


def test_the_next_change_of_clocks_is_said_with_what_it_does_to_a_hand_off() -> None:
    change, odd = clocks.warnings([LAYER], ZoneInfo("Europe/Berlin"), utc("2026-01-10T00:00"))
    assert change.startswith("Clocks in Europe/Berlin go forward by 1 h on 29 March 2026.")
    assert odd == "02:30 does not happen on 29 March 2026: a hand-off of “Nights” that day is at 03:00."
    assert "happens twice" in clocks.warnings([LAYER], ZoneInfo("Europe/Berlin"), utc("2026-06-10T00:00"))[1]


def test_where_clocks_never_change_nothing_is_said() -> None:
    assert clocks.warnings([LAYER], ZoneInfo("UTC"), utc("2026-01-10T00:00")) == []


@pytest.mark.parametrize(
    ("what", "people"),
    [
        ("up:layers-0-participants-1", ["b", "a"]),
        ("up:layers-0-participants-0", ["a", "b"]),
        ("drop:layers-0-participants-0", ["b"]),
        ("add:layers-0-participants", ["a", "b", ""]),
        *((nonsense, ["a", "b"]) for nonsense in ("", "up:", "drop:layers-0-participants-9", "add:name", "up:x-y-z")),
        *((nonsense, ["a", "b"]) for nonsense in ("drop:layers-0-participants--1", "add:layers-7-participants")),
    ],
)
def test_a_button_moves_what_it_names_and_nothing_else(what: str, people: list[str]) -> None:
    typed = {"name": "Web", "layers": [{"participants": ["a", "b"]}]}
    assert arranged(typed, what, {"participants": lambda _: ""})["layers"][0]["participants"] == people
