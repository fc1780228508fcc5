"""What was done after an incident: its postmortem and action items, from ``postmortem.toml``, as acts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.stories import HERE, read_stories
from incidents.models import ActionItem, Incident, Postmortem
from incidents.postmortems.draft import draft
from incidents.postmortems.facts import record_of
from services.uptime import midnight

_MINUTE = timedelta(minutes=1)


class Afterwards:
    """The write-up of one story, under way."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.said: Mapping[str, Any] = tomllib.loads((HERE / "postmortem.toml").read_text(encoding="utf-8"))
        self.began = next(one for one in read_stories() if one.title == self.said["story"]).began(now)

    def acts(self) -> Iterator[Act]:
        """Yield the draft, its items, and what became of them; the clock reminds of what is late by now."""
        drafted = self._after("drafted_after_days", self.said)
        yield Act(drafted, self._draft)
        yield Act(self._after("published_after_days", self.said), self._publish)
        for number, item in enumerate(self.said["items"], start=1):
            yield Act(drafted + number * _MINUTE, partial(self._add, item))
            if "done_after_days" in item:
                yield Act(self._after("done_after_days", item), partial(self._finish, item))
            elif (over := midnight(self._due(item).date() + timedelta(days=1))) < self.now:
                yield Act(over, partial(self._remind, item))

    def _draft(self, at: datetime) -> None:
        incident = Incident.objects.get(title=self.said["story"])
        texts = draft(record_of(incident, at)) | {name: self.said[name].strip() for name in ("summary", "lessons")}
        self.postmortem = Postmortem.draft(incident, by=self.cast.actor(self.said["by"]), texts=texts, now=at)

    def _publish(self, at: datetime) -> None:
        self.postmortem.publish(by=self.cast.actor(self.said["by"]), now=at)

    def _add(self, item: Mapping[str, Any], at: datetime) -> None:
        by, owner = self.cast.actor(self.said["by"]), self.cast.people[item["owner"]]
        due = self._due(item).date()
        ActionItem.add(self.postmortem, by=by, title=item["title"], owner=owner, due_date=due, now=at)

    def _finish(self, item: Mapping[str, Any], at: datetime) -> None:
        self._item(item).finish(by=self.cast.actor(item["owner"]), now=at)

    def _remind(self, item: Mapping[str, Any], at: datetime) -> None:
        self._item(item).remind(now=at)

    def _item(self, item: Mapping[str, Any]) -> ActionItem:
        return self.postmortem.action_items.get(title=item["title"])

    def _due(self, item: Mapping[str, Any]) -> datetime:
        return self._after("due_after_days", item)

    def _after(self, name: str, said: Mapping[str, Any]) -> datetime:
        return self.began + timedelta(days=said[name])
