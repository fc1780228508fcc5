"""From stories to acts: each step is one verb of a model, at its instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from console.demo.acts import Act
from console.demo.cast import Cast
from console.demo.paging import climbing
from console.demo.stories import ByHand, Step, Story, days_before
from incidents.models import Incident
from services.status import Status


class Telling:
    """One story under way: the incident, once it has been declared."""

    def __init__(self, story: Story, cast: Cast, now: datetime) -> None:
        self.story, self.cast, self.now = story, cast, now
        self.began = story.began(now)

    def acts(self) -> Iterator[Act]:
        """Yield its declaration and its steps; today's are paged for, those of before had no policy yet."""
        yield Act(self.began, self._declare)
        if self.story.minutes_ago is not None:
            yield from climbing(self.began, self.now)
        for step in self.story.steps:
            yield Act(self._minute(step.minute), partial(self._take, step))

    def _minute(self, minute: int) -> datetime:
        return self.began + timedelta(minutes=minute)

    def _declare(self, now: datetime) -> None:
        story = self.story
        self.incident = Incident.declare(
            by=self.cast.actor(story.by),
            title=story.title,
            severity=story.severity,
            body=story.body.strip(),
            services={self.cast.services[slug]: _status(own) for slug, own in story.services.items()},
            public=story.public,
            tags=story.tags,
            now=now,
        )

    def _take(self, step: Step, now: datetime) -> None:
        by, say, incident = self.cast.actor(step.by), step.say.strip(), self.incident
        match step.do:
            case "acknowledge":
                incident.acknowledge(by=by, now=now)
            case "assign":
                incident.assign(self.cast.people[step.to], by=by, now=now)
            case "note":
                incident.post_update(by=by, message=say, public=False, now=now)
            case "resolve":
                cause, cure = step.root_cause, step.resolution
                incident.resolve(by=by, message=say, root_cause=cause, resolution=cure, now=now)
            case "reopen":
                incident.reopen(by=by, message=say, now=now)
            case _:
                moved_to = None if step.do == "update" else step.do
                eta = self._minute(step.eta_minute) if step.eta_minute else None
                incident.post_update(by=by, message=say, status=moved_to, estimated_resolution=eta, now=now)


def by_hand(change: ByHand, cast: Cast, now: datetime) -> Iterator[Act]:
    """Yield the two acts of a status that was set, and set back."""
    began = days_before(now, change.days_ago, change.at)
    yield Act(began, partial(_set, change, cast, change.status, change.say))
    yield Act(began + timedelta(minutes=change.minutes), partial(_set, change, cast, None, "Back to normal."))


def _set(change: ByHand, cast: Cast, status: str | None, say: str, at: datetime) -> None:
    thing = cast.thing(change.service, change.component)
    thing.set_status(status, by=cast.actor(change.by), message=say, now=at)


def _status(own: str) -> Status | None:
    return Status(own) if own else None
