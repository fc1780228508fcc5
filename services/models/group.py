"""Groups: the headings under which services stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid4

from django.db import models

from events.actors import Actor
from events.command import Tell, command
from events.kinds import Kind
from events.locking import lock
from events.text import one_line
from services.models.order import Placed, arrange, last
from services.models.saving import put, save, values

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from services.models.service import Service


class Group(Placed):
    """A heading on the page. Its status is the worst of its services' and is never stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(
        max_length=120,
        unique=True,
        validators=[one_line],
        error_messages={"unique": "Another group has this name."},
    )

    if TYPE_CHECKING:
        services: RelatedManager[Service]

    class Meta:
        ordering = ["position", "name"]

    EDITABLE = ("name", "position")

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, object, str]:
        """Return how the log names it."""
        return "group", self.id, self.name

    @classmethod
    def add(cls, *, by: Actor, name: str, position: int | None = None, now: datetime | None = None) -> Self:
        """Make a group, last unless a position is given."""
        with command(by, now=now) as tell:
            group = cls(name=name, position=last(cls.objects.all()) if position is None else position)
            group.full_clean()
            save(group, insert=True)
            group._tell(tell, Kind.GROUP_CREATED, after={"name": name})
        return group

    def edit(self, *, by: Actor, changes: Mapping[str, Any]) -> None:
        """Change fields of ``EDITABLE``."""
        with command(by) as tell:
            lock(self)
            before = put(self, changes)
            if not before:
                tell.nothing()
                return
            self.full_clean()
            save(self)
            self._tell(tell, Kind.GROUP_CHANGED, before=before, after=values(self, before))

    def remove(self, *, by: Actor) -> None:
        """Delete the group; its services stay, without one."""
        with command(by) as tell:
            lock(self)
            self._tell(tell, Kind.GROUP_DELETED, before={"name": self.name})
            self.delete()

    @classmethod
    def reorder(cls, order: Sequence[UUID], *, by: Actor) -> None:
        """Put the groups into this order. Raises ``ValidationError`` unless every group is named once."""
        with command(by) as tell:
            groups = arrange(cls.objects.all(), order, "Name every group exactly once.")
            names = [group.name for group in groups]
            tell(Kind.SERVICES_REORDERED, subject=("group", "", "all groups"), after={"order": names})

    def _tell(self, tell: Tell, kind: Kind, **detail: Any) -> None:
        # The page leaves out a group that holds nothing public, so its name stays inside as well.
        public = self.services.filter(public=True)
        ids = list(public.values_list("id", flat=True))
        tell(kind, subject=self.subject, public=bool(ids), services=ids, **detail)
