"""The change history of a service, as far as the documents tell it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from console.moving_in.draft import Draft
from console.moving_in.words import Words
from events.actors import SYSTEM
from services.models.change import Rule, Source
from services.status import Status

_ACTOR = {"actor_kind": SYSTEM.kind, "actor_id": "", "actor_name": "Statuspage"}


class Turns:
    """Nothing is made up: what no update of an incident or window told did not happen."""

    def __init__(self, draft: Draft, key: str, words: Words, known_since: datetime) -> None:
        told = sorted(one for one in draft.told[key] if one.old is not one.new)
        self._told = [one for one in told if one.at > known_since]
        self._known_since = known_since
        self._current = draft.stand[key]
        self._moved_at = max(words.at("updated_at", "created_at"), known_since)

    @property
    def since(self) -> datetime:
        """Return since when it stands as it does."""
        settled = self._told and self._told[-1].new is self._current
        return self._told[-1].at if settled else max([self._moved_at, *(one.at for one in self._told)])

    def rows(self, service: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the rows, birth first, the last of them as the service stands."""
        now = Status(service["status"]), str(service["rule"])
        stands = self._first(now)
        yield _row(self._known_since, None, stands, Source.MANUAL)
        for one in self._told:
            calm = one.source == Source.MAINTENANCE and one.new is Status.MAINTENANCE
            turned = one.new, Rule.MAINTENANCE.value if calm else Rule.COUNTED.value
            if one is self._told[-1] and turned[0] is now[0]:
                turned = now
            if turned != stands:
                yield _row(one.at, stands, turned, one.source, one.message)
            stands = turned
        if stands != now:
            yield _row(self.since, stands, now, Source.MANUAL)

    def _first(self, now: tuple[Status, str]) -> tuple[Status, str]:
        if self._told:
            return self._told[0].old, Rule.COUNTED.value
        return now if self._moved_at <= self._known_since else (Status.OPERATIONAL, Rule.COUNTED.value)


def _row(
    at: datetime, old: tuple[Status, str] | None, new: tuple[Status, str], source: str, message: str = ""
) -> dict[str, Any]:
    before = {"old": old[0] if old else "", "old_rule": old[1] if old else new[1]}
    return {"at": at, **before, "new": new[0], "rule": new[1], "message": message, "source": str(source), **_ACTOR}
