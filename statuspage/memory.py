"""What a publishing process remembers from one time to the next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.uptime import DAY, floor
from statuspage import clock
from statuspage.models import Generation
from statuspage.render import Fragments
from statuspage.snapshot import Snapshot


class Memory:
    """What this process knows: of which store, up to which event. Only used under the lock of the store."""

    def __init__(self) -> None:
        self.store: UUID | None = None
        self.event = 0
        self.rendered_at: datetime | None = None
        self.snapshot: Snapshot | None = None
        # Whether the page that stands shows the checks of the snapshot.
        self.shows_checks = False
        self.fragments = Fragments()

    def recall(self, generation: Generation) -> Snapshot | None:
        """Return the snapshot and forget it until :meth:`keep`; ``None`` if it is of another store, or of another day.

        It shows what this process last published, and no more: see :meth:`wrote`.
        """
        snapshot, self.snapshot = self.snapshot, None
        if self.store == generation.store and self.event <= generation.event and self._is_of(generation.rendered_at):
            return snapshot
        self.fragments = Fragments()
        return None

    def wrote(self, generation: Generation) -> bool:
        """Say whether what stands is what this process has published, and nobody else has since."""
        mine = (self.store, self.event, self.rendered_at)
        return mine == (generation.store, generation.event, generation.rendered_at)

    def overtaken(self, snapshot: Snapshot, until: datetime | None) -> list[UUID]:
        """Return the services that the clock has moved since, by the hand of another process."""
        return clock.moved(snapshot, self.rendered_at, until) if self.rendered_at and until else []

    def keep(self, generation: Generation, snapshot: Snapshot, *, shows_checks: bool) -> None:
        """Remember what has just been published."""
        self.shows_checks = shows_checks
        self.store, self.event, self.snapshot = generation.store, generation.event, snapshot
        self.rendered_at = generation.rendered_at

    def _is_of(self, at: datetime | None) -> bool:
        since = self.rendered_at
        return since is None or at is None or floor(since, DAY) == floor(at, DAY)
