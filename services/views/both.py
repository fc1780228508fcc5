"""Who comes second sees both texts: what was saved meanwhile, and what they typed, to be saved on top of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from events.kinds import Kind
from events.models import Event


def on_top(typed: QueryDict, version: object) -> QueryDict:
    """Return what was sent as if it had been typed into the form of ``version``."""
    again = typed.copy()
    again["version"] = str(version)
    return again


def both(theirs: Mapping[str, str], mine: Mapping[str, str], *, whole: bool = True) -> dict[str, Any]:
    """Return what the page shows of the two, by label: where they differ, as label, theirs, mine.

    ``whole``: the form holds all that was typed, and not what was saved meanwhile where nothing was typed.
    """
    differences = [(label, theirs[label], mine[label]) for label in mine if mine[label] != theirs[label]]
    return {"stale": True, "differences": differences, "whole": whole}


def saved_last(kind: Kind, subject: object) -> Event | None:
    """Return the newest edit of a thing, by whom and when."""
    told = Event.objects.filter(kind=kind, subject_id=str(subject)).order_by("-id")
    return next((event for event in told[:10] if event.before), None)
