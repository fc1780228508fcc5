"""Two editors of one thing: what the second typed, on top of what the first has saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField


def both(typed: forms.Form, fresh: forms.Form) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Return the data of a form that holds both, and where both changed: label, theirs, typed.

    ``fresh`` is the form of the thing as it is now. What the editor did not touch is taken from there; what they typed
    stays. The fields of both remember what was read (``show_hidden_initial``), but for ``version``.
    """
    theirs = {name: str(value) for name, value in fresh.initial.items()}
    mine = {name: typed.data.get(name, "") for name in typed.changed_data if name != "version"}
    data = theirs | mine | {f"initial-{name}": value for name, value in theirs.items()}
    differences = [
        (str(typed[name].label), _shown(typed[name], theirs[name]), _shown(typed[name], value))
        for name, value in mine.items()
        if _plain(theirs[name]) not in (_plain(value), _plain(typed.data.get(f"initial-{name}", "")))
    ]
    return data, differences


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n").strip()


def _shown(field: BoundField, value: str) -> str:
    choices: Mapping[Any, Any] = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value))
