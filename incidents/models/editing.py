"""Changing what an incident says, under optimistic locking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from events.actors import Actor
from events.command import Tell, command
from events.errors import StaleEdit
from events.kinds import Kind
from events.locking import lock
from incidents import impact
from incidents.following import Happened
from incidents.models.affected import affect, hold
from incidents.models.fields import IncidentFields
from incidents.models.past import refuse_beginning
from incidents.models.update import Update
from services.models import Service
from services.status import Status


class Editing(IncidentFields):
    """The verb ``edit``; each edit leaves a note on the timeline."""

    class Meta:
        abstract = True

    EDITABLE = ("title", "body", "severity", "public", "root_cause", "resolution", "tags")
    # What readers outside notice when it changes; the others stay internal.
    SHOWN = frozenset({"title", "body", "severity", "public", "services", "started_at"})

    def edit(
        self,
        *,
        by: Actor,
        changes: Mapping[str, Any],
        services: Mapping[Service, Status | None] | None = None,
        version: int | None = None,
        quiet: bool = False,
        now: datetime | None = None,
    ) -> None:
        """Change fields of ``EDITABLE``, ``started_at``, and when given all affected services with their own impacts.

        ``version`` is the one that the editor read: raises ``StaleEdit`` with the present fields when it is old.
        """
        with command(by, now=now, quiet=quiet) as tell:
            lock(self)
            self._refuse_stale(version)
            touched = {*self.service_ids(), *(service.id for service in services or ())}
            # Who sends back what they read says nothing new, although a younger service may be affected by now.
            if changes.get("started_at") not in (None, self.started_at):
                standing = services or self._suffering()
                refuse_beginning(changes["started_at"], tell.now, standing, declared=self.created_at)
            before = self._put(self._without_gaps(changes, tell))
            if services is not None:
                # All at once: locking the new ones first and the old ones later is how two edits block each other.
                hold(touched)
                before |= self._set_services(services)
            if not before:
                tell.nothing()
                return
            after = self._said(before)
            self.version += 1
            self._keep(tell)
            if "public" in before:
                self._say_in_public(tell)
            self._write(tell, Update.Kind.EDITED, _sentence(before, public=self.public))
            shown = not self.SHOWN.isdisjoint(before)
            self._tell(tell, Kind.INCIDENT_UPDATED, {}, public=shown, before=before, after=after)
            self._follow(Happened.EDITED, tell)
            impact.settle(touched, tell, self._reason("published" if "public" in before else "edited"))

    def impacts(self) -> dict[str, str]:
        """Return what each affected service suffers, by name; ``by severity`` where it has no impact of its own."""
        return {row.service.name: row.impact or "by severity" for row in self.affected.select_related("service")}

    def _say_in_public(self, tell: Tell) -> None:
        """Put the text onto the timeline where readers outside have not seen it: a draft's stays with responders."""
        if self.public and self.body and not self.updates.filter(public=True, message=self.body).exists():
            self._write(tell, Update.Kind.UPDATE, self.body, public=True)

    def _suffering(self) -> list[Service]:
        return list(Service.objects.filter(pk__in=self.service_ids()))

    def _without_gaps(self, changes: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
        """Fill the placeholders of what readers see, where it is another text than before."""
        new = [name for name in ("title", "body") if name in changes and changes[name] != getattr(self, name)]
        return {**changes, **{name: self._put_into_words(changes[name], tell, name) for name in new}}

    def _set_services(self, services: Mapping[Service, Status | None]) -> dict[str, Any]:
        wanted = {service.id: impact for service, impact in services.items()}
        standing: dict[UUID, str | None] = dict(self.affected.values_list("service_id", "impact"))
        if wanted == standing:
            return {}
        was = {"services": self.impacts()}
        affect(self.id, services)
        return was

    def _said(self, names: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.impacts() if name == "services" else getattr(self, name) for name in names}

    def _refuse_stale(self, version: int | None) -> None:
        if version is not None and version != self.version:
            now = {name: getattr(self, name) for name in self.EDITABLE}
            raise StaleEdit(
                "Somebody else has edited this incident meanwhile.",
                now | {"services": self.impacts(), "version": self.version},
            )


def _sentence(changed: Mapping[str, Any], *, public: bool) -> str:
    """Return what the timeline says of an edit: who sees it first, then the names of the other fields."""
    seen = ("Published." if public else "Made internal.") if "public" in changed else ""
    others = ", ".join(name for name in changed if name != "public").replace("_", " ")
    return " ".join(part for part in (seen, f"Edited: {others}." if others else "") if part)
