from __future__ import annotations

from typing import Any

import pytest

from oncall import hours, layers, steps
from oncall.written import Wrong

ANN = "00000000-0000-4000-8000-00000000000a"
BEN = "00000000-0000-4000-8000-00000000000b"
LAYER: dict[str, Any] = {"name": "Day", "start": "2026-03-02T09:00", "unit": "days", "length": 1, "participants": [ANN]}
STEP: dict[str, Any] = {"delay": 5, "targets": [{"user": ANN}]}
OFFICE: dict[str, Any] = {"days": [0, 4], "from": "09:00", "to": "17:00"}


def test_a_layer_is_kept_in_one_form() -> None:
    said = {"start": "2026-03-02 09:00:30", "unit": "weeks", "participants": [ANN.upper()]}
    assert layers.checked([said]) == [
        {
            "name": "Layer 1",
            "start": "2026-03-02T09:00",
            "unit": "weeks",
            "length": 1,
            "participants": [ANN],
            "restrictions": [],
        }
    ]
    assert layers.checked(layers.checked([said])) == layers.checked([said])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("x", "Layers is a list of objects."),
        ([1], "Layers is a list of objects."),
        ([LAYER] * 21, "Not more than 20 layers."),
        ([LAYER, LAYER], "Two layers are called “Day”"),
        ([LAYER | {"lenght": 2}], "there is no field lenght"),
        ([LAYER | {"name": ""}], "Layer 1: name is a text of 1 to 120 characters."),
        ([LAYER | {"name": "a\nb"}], "single line"),
        ([LAYER | {"name": "Override"}], "Choose another name."),
        ([LAYER | {"start": "2026-03-02T09:00Z"}], "without an offset"),
        ([LAYER | {"start": "2026-03-02T09:00+01:00"}], "without an offset"),
        ([LAYER | {"start": "2026-03-02"}], "like 2026-03-02T09:00"),
        ([LAYER | {"start": None}], "like 2026-03-02T09:00"),
        ([LAYER | {"start": "0001-01-01T00:00"}], "between the years 1970 and 2200"),
        ([LAYER | {"unit": "years"}], "unit is one of hours, days, weeks, months."),
        ([LAYER | {"unit": ["days"]}], "unit is one of"),
        ([LAYER | {"length": 0}], "length is a whole number from 1 to 1000."),
        ([LAYER | {"length": True}], "length is a whole number"),
        ([LAYER | {"length": 1.5}], "length is a whole number"),
        ([LAYER | {"participants": None}], "participants is a list of user ids"),
        ([LAYER | {"participants": ["ann"]}], "ann is no id."),
        ([LAYER | {"participants": [BEN]}], f"there is no user {BEN}."),
        ([LAYER | {"restrictions": {}}], "Layer 1: Restrictions is a list of objects."),
        ([LAYER | {"restrictions": [OFFICE | {"to": "24:00"}]}], "Layer 1: restriction 1: to is a time of day"),
    ],
)
def test_a_layer_that_makes_no_sense_is_refused_with_a_sentence(said: object, sentence: str) -> None:
    with pytest.raises(Wrong, match=r".") as refused:
        layers.checked(said, [ANN])
    assert sentence in str(refused.value)


def test_a_person_may_have_several_turns() -> None:
    assert layers.checked([LAYER | {"participants": [ANN, BEN, ANN]}])[0]["participants"] == [ANN, BEN, ANN]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ([OFFICE | {"days": []}], "days is a list of weekdays, 0 for Monday"),
        ([OFFICE | {"days": "Mon"}], "days is a list of weekdays"),
        ([OFFICE | {"days": [7]}], "a whole number from 0 to 6"),
        ([OFFICE | {"from": "9:00"}], "from is a time of day like 09:00"),
        ([OFFICE | {"until": "10:00"}], "there is no field until"),
        ([{"days": [0]}], "from is a time of day"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_a_sentence(said: object, sentence: str) -> None:
    with pytest.raises(Wrong, match=r".") as refused:
        hours.checked(said, "Hours")
    assert sentence in str(refused.value)


def test_weekdays_are_kept_once_and_in_order() -> None:
    assert hours.checked([OFFICE | {"days": [4, 0, 4]}], "Hours")[0]["days"] == [0, 4]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ([], "A policy needs at least one step."),
        (None, "Steps is a list of objects."),
        ([STEP | {"delay": 0}], "Step 1: delay, in minutes, is a whole number from 1 to 1440."),
        ([STEP, STEP | {"delay": "5"}], "Step 2: delay"),
        ([STEP | {"targets": []}], "Step 1 has nobody to tell."),
        ([STEP | {"wait": 5}], "Step 1: there is no field wait"),
        ([STEP | {"targets": [{"user": ANN}, {"user": ANN}]}], "Step 1 names one user twice."),
        ([STEP | {"targets": [{"user": ANN, "schedule": BEN}]}], "an object with one of schedule, user, channel"),
        ([STEP | {"targets": [{"team": ANN}]}], "an object with one of schedule, user, channel"),
        ([STEP | {"targets": [ANN]}], "Step 1, target 1 is an object"),
        ([STEP | {"targets": [{"user": "ann"}]}], "Step 1, target 1: ann is no id."),
    ],
)
def test_steps_that_make_no_sense_are_refused_with_a_sentence(said: object, sentence: str) -> None:
    with pytest.raises(Wrong, match=r".") as refused:
        steps.checked(said)
    assert sentence in str(refused.value)


def test_a_step_waits_five_minutes_unless_it_says_otherwise() -> None:
    assert steps.checked([{"targets": [{"user": ANN.upper()}]}]) == [STEP]
