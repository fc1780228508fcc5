"""What goes to one person by one way, and is due together, goes as one message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from django.conf import settings

from notifications.kinds import Lane, Purpose
from notifications.models.addressing import PERSON
from notifications.sending.claiming import Claim

# The first is sent, the others go in it; how it ends is how all of them end.
Bundle: TypeAlias = Sequence[Claim]


def bundled(claims: Iterable[Claim]) -> list[Bundle]:
    """Put pages to the same person and way together, in the order of the log; every other message is alone."""
    found: dict[object, list[Claim]] = {}
    for each in claims:
        found.setdefault(each.recipient if _goes_with_others(each) else each.id, []).append(each)
    return [sorted(some, key=lambda each: each.event or 0) for some in found.values()]


def _goes_with_others(claim: Claim) -> bool:
    to_person = claim.purpose == Purpose.PAGE and claim.lane == Lane.PAGE and claim.recipient.startswith(PERSON)
    return to_person and settings.PAGE_BUNDLE_WINDOW > 0
