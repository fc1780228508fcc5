"""Changing a window, or it and all later ones of its series, under optimistic locking."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from events.actors import Actor
from events.command import command
from events.errors import StaleEdit
from events.locking import lock
from services.maintenance import lifecycle
from services.models.maintenance.changing import TIMES, plain
from services.models.maintenance.planning import hold_series
from services.models.maintenance.repeating import Repeating
from services.models.service import Service


class WindowEditing(Repeating):
    """The verb ``edit``; each edit leaves an entry on the timeline, public where the time changed."""

    class Meta:
        abstract = True

    EDITABLE = ("title", "description", "public", *TIMES, "timezone", "remind_before", "recurrence")

    def edit(
        self,
        *,
        by: Actor,
        changes: Mapping[str, Any],
        services: Collection[Service] | None = None,
        version: int | None = None,
        later: bool = False,
        quiet: bool = False,
        now: datetime | None = None,
    ) -> None:
        """Change fields of ``EDITABLE`` and, when given, the whole set of services.

        ``later`` changes all later ones of the series too: a new time or rule moves them as a whole. ``version`` is the
        one that the editor read: raises ``StaleEdit`` when it is old; ``MoveDenied`` for what is over.
        """
        with command(by, now=now, quiet=quiet) as tell:
            hold_series(self)
            lock(self)
            lifecycle.allow(self.stage, "edit")
            self._refuse_stale(version)
            verb = self._edit_later if later else self.edit_alone
            verb(tell, plain(changes), services)
            if not tell.events:
                tell.nothing()

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            now = {name: getattr(self, name) for name in self.EDITABLE}
            raise StaleEdit(
                "Somebody else has edited this maintenance meanwhile.",
                now | {"services": self.service_names(), "version": self.version},
            )
